// SPDX-License-Identifier: Apache-2.0

package auth_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

const list = `
# who may come
first-token-0123456789	alpha
second-token-0123456789 alpha admin until=2027-01-31T00:00:00Z
third-token-0123456789 beta until=2027-01-31T01:00:00+01:00 admin
`

func TestAListOfTokensSaysWhomEachStandsFor(t *testing.T) {
	t.Parallel()
	tokens, err := auth.ReadTokens(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	end := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for token, want := range map[string]api.Identity{
		"first-token-0123456789":  {Project: "alpha"},
		"second-token-0123456789": {Project: "alpha", Admin: true, Expires: end},
		"third-token-0123456789":  {Project: "beta", Admin: true, Expires: end},
	} {
		got, err := tokens.Authenticate(t.Context(), token)
		if err != nil || got.Project != want.Project || got.Admin != want.Admin || !got.Expires.Equal(want.Expires) {
			t.Errorf("Authenticate(%s) = %+v, %v, want %+v", token, got, err, want)
		}
	}
	for _, token := range []string{"", "first-token-012345678", "first-token-0123456789 ", "FIRST-TOKEN-0123456789", "alpha", "#"} {
		if id, err := tokens.Authenticate(t.Context(), token); !errors.Is(err, api.ErrBadToken) {
			t.Errorf("Authenticate(%q) = %+v, %v, want a bad token", token, id, err)
		}
	}
}

func TestAListThatCannotBeReadNamesTheLineAndNoToken(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"no project":     {"\nsecret-token-0123456789\n", "line 2: a token needs a project behind it"},
		"a short token":  {"secret alpha", "line 1: a token has at least 16 bytes"},
		"an odd word":    {"secret-token-0123456789 alpha root", "line 1: behind the project stand no words but admin and until=TIME"},
		"no time":        {"secret-token-0123456789 alpha until=tomorrow", `line 1: "tomorrow" is no time like 2027-01-31T00:00:00Z`},
		"a token twice":  {list + "first-token-0123456789 beta", "line 6: the token stands further up, too"},
		"one long line":  {strings.Repeat("secret", 20_000), "read tokens: bufio.Scanner: token too long"},
		"two words only": {"secret-token-0123456789 # alpha", "line 1: behind the project stand no words but admin and until=TIME"},
	} {
		_, err := auth.ReadTokens(strings.NewReader(tc.text))
		if err == nil || err.Error() != tc.want {
			t.Errorf("%s: %v, want %s", name, err, tc.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error shows the token: %v", name, err)
		}
	}
}

func TestAMintedTokenIsGoodForWhatItWasMintedFor(t *testing.T) {
	t.Parallel()
	tokens := new(auth.Tokens)
	want := api.Identity{Project: "alpha", Admin: true}
	one, other := tokens.Mint(want), tokens.Mint(api.Identity{Project: "beta"})
	if one == other {
		t.Errorf("two tokens are one: %s", one)
	}
	if got, err := tokens.Authenticate(t.Context(), one); got != want || err != nil {
		t.Errorf("Authenticate() = %+v, %v, want %+v", got, err, want)
	}
}

// FuzzReadTokens: whatever is in the file, what can be read lets in the tokens that
// stand in it and no other, and what cannot shows none.
func FuzzReadTokens(f *testing.F) {
	f.Add(list)
	f.Add("a b\r\n\x00 c\n")
	f.Add("0123456789abcdef alpha until=2027-01-31T00:00:00Z until= admin admin")
	f.Fuzz(func(t *testing.T, text string) {
		tokens, err := auth.ReadTokens(strings.NewReader(text))
		if err != nil {
			return
		}
		for line := range strings.Lines(text) {
			words := strings.Fields(line)
			if len(words) == 0 || strings.HasPrefix(words[0], "#") {
				continue
			}
			if id, err := tokens.Authenticate(t.Context(), words[0]); err != nil || id.Project != words[1] {
				t.Errorf("%q of %q is %+v, %v", words[0], text, id, err)
			}
			if _, err := tokens.Authenticate(t.Context(), words[0]+"x"); err == nil && !strings.Contains(text, words[0]+"x") {
				t.Errorf("%q lets in more than it holds", text)
			}
		}
	})
}
