// SPDX-License-Identifier: Apache-2.0

package wire

import "testing"

func TestPatternsOfTheSchemaAreMatchedByCounting(t *testing.T) {
	t.Parallel()
	for text, byCounting := range map[string]bool{
		`^[a-zA-Z0-9_.-]+$`:           true,
		`^[0-9a-f]{8}-?[0-9a-f]{4}$`:  true,
		`^a?[b-c]{2,}x*y$`:            true,
		`^[a-z]*[a-f]$`:               false, // the first run may take what the second needs
		`^a*b*a$`:                     false,
		`^(ab|c)$`:                    false,
		`[a-z]+`:                      false,
		`^[^a]$`:                      false,
		`^(?i)k$`:                     false,
		`^[à-ü]+$`:                    false,
		`^[0-9]{4}-[0-9]{2}-[0-9]{2}`: false,
	} {
		if got := newPattern(text).row != nil; got != byCounting {
			t.Errorf("%s is matched by counting: %v, want %v", text, got, byCounting)
		}
	}
}

// FuzzPattern holds matching by counting against package regexp.
func FuzzPattern(f *testing.F) {
	patterns := []*pattern{
		newPattern(`^[a-zA-Z0-9_.-]+$`),
		newPattern(`^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$`),
		newPattern(`^a?[b-c]{2,}x*y$`),
		newPattern(`^-{0,3}a{2,5}$`),
		newPattern(`^[a-z]*[a-f]$`),
	}
	for _, seed := range []string{"", "fizbit", "fizbit\n", "7b1f6a2e-97a0-0e9f0c9d3b51", "abcbxxy", "--aaaa", "\xff", "é"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		for _, p := range patterns {
			if got, want := p.match(s), p.re.Match(s); got != want {
				t.Errorf("%s matches %q: %v, want %v", p.text, s, got, want)
			}
		}
	})
}
