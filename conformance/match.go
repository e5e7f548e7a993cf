// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/onsi/gomega/types"
)

// Matcher is what a case wants of a value where one equal value is too much.
type Matcher struct {
	text  string // what is permitted, for people
	match func(v any) bool
	items L      // those of Unordered, to name the ones that are missing or too many
	op    string // see Op
	args  L
}

// String says what the matcher permits.
func (m Matcher) String() string { return m.text }

// OneOf permits each of the values.
func OneOf(values ...any) Matcher {
	words := make([]string, len(values))
	for i, v := range values {
		values[i] = mustNormal(v)
		words[i] = printed(values[i])
	}
	return Matcher{op: "any_of", args: values, text: or(words), match: func(v any) bool {
		for _, want := range values {
			if equal(v, want) {
				return true
			}
		}
		return false
	}}
}

// Between permits the integers from low to high.
func Between(low, high int64) Matcher {
	return integer(low, high, fmt.Sprintf("an integer from %d to %d", low, high), func(i int64) bool { return low <= i && i <= high })
}

// AtLeast permits the integers from low on.
func AtLeast(low int64) Matcher {
	return integer(low, nil, fmt.Sprintf("an integer of at least %d", low), func(i int64) bool { return low <= i })
}

// AtMost permits the integers up to high.
func AtMost(high int64) Matcher {
	return integer(nil, high, fmt.Sprintf("an integer of at most %d", high), func(i int64) bool { return i <= high })
}

// integer permits the integers that are ok; a float is none, whatever its value.
func integer(low, high any, text string, ok func(int64) bool) Matcher {
	return Matcher{op: "between", args: L{low, high}, text: text, match: func(v any) bool {
		i, is := v.(int64)
		return is && ok(i)
	}}
}

// AnyString permits every string that is not empty.
func AnyString() Matcher {
	return Matcher{op: "matching", args: L{"(?s)."}, text: "a string that is not empty", match: func(v any) bool {
		s, ok := v.(string)
		return ok && s != ""
	}}
}

// Matching permits the strings in which the RE2 expression matches.
func Matching(expression string) Matcher {
	re := regexp.MustCompile(expression)
	return Matcher{op: "matching", args: L{expression}, text: "a string that matches " + expression, match: func(v any) bool {
		s, ok := v.(string)
		return ok && re.MatchString(s)
	}}
}

// Length permits lists and maps of n items and strings of n bytes.
func Length(n int) Matcher {
	return Matcher{op: "length", args: L{int64(n)}, text: fmt.Sprintf("%d items", n), match: func(v any) bool {
		switch v := v.(type) {
		case []any:
			return len(v) == n
		case map[string]any:
			return len(v) == n
		case string:
			return len(v) == n
		}
		return false
	}}
}

// Unordered permits lists of the given values in any order.
func Unordered[T any](values ...T) Matcher {
	want := make(L, len(values))
	for i, v := range values {
		want[i] = mustNormal(v)
	}
	return Matcher{op: "unordered", args: want, text: printed(want) + " in any order", items: want, match: func(v any) bool {
		got, ok := v.(L)
		return ok && sameItems(got, want)
	}}
}

// Having permits maps that hold at least the given keys, each equal or matching.
func Having(want M) Matcher {
	words := make([]string, 0, len(want))
	for _, k := range sortedKeys(want) {
		words = append(words, k+": "+wantText(want[k]))
	}
	return Matcher{op: "having", args: L{maps.Clone(want)}, text: "a map with " + strings.Join(words, ", "), match: func(v any) bool {
		got, ok := v.(M)
		if !ok {
			return false
		}
		for k, w := range want {
			value, present := got[k]
			if ok, _ := matches(value, w); !present || !ok {
				return false
			}
		}
		return true
	}}
}

// Each permits lists of which every item is equal or matches; an empty list too.
func Each(want any) Matcher {
	return Matcher{op: "each", args: L{want}, text: "a list, each " + wantText(want), match: func(v any) bool {
		list, ok := v.(L)
		for _, e := range list {
			if fine, _ := matches(e, want); !fine {
				return false
			}
		}
		return ok
	}}
}

// Not permits everything else.
func Not(want any) Matcher {
	return Matcher{op: "not", args: L{want}, text: "anything but " + wantText(want), match: func(v any) bool {
		ok, _ := matches(v, want)
		return !ok && v != absent
	}}
}

// matches says whether v is what a case wants, and what that is in words.
func matches(v, want any) (ok bool, expected string) {
	switch w := want.(type) {
	case Matcher:
		return w.match(v), w.text
	case types.GomegaMatcher:
		if v == absent {
			return false, "present"
		}
		ok, err := w.Match(v)
		if err != nil {
			return false, short(err.Error())
		}
		return ok, gomegaText(w.FailureMessage(v))
	}
	n := mustNormal(want)
	return equal(v, n), printed(n)
}

// wantText is what is wanted, in words.
func wantText(want any) string {
	if _, ok := want.(types.GomegaMatcher); ok {
		return "as the case's matcher says"
	}
	_, text := matches(absent, want)
	return text
}

var gomegaType = regexp.MustCompile(`<[^<>]*>: `)

// gomegaText takes from a failure message what was wanted: the lines after the
// actual value, without their Go types.
func gomegaText(message string) string {
	lines := strings.Split(message, "\n")
	for i, line := range lines {
		if i > 0 && strings.HasPrefix(line, "to ") || strings.HasPrefix(line, "not to ") {
			lines = lines[i:]
			break
		}
	}
	return gomegaType.ReplaceAllString(strings.Join(strings.Fields(strings.Join(lines, " ")), " "), "")
}

// sameItems says whether two lists hold the same values, in whatever order.
func sameItems(a, b L) bool {
	if len(a) != len(b) {
		return false
	}
	left := append(L{}, b...)
next:
	for _, v := range a {
		for i, w := range left {
			if equal(v, w) {
				left = append(left[:i], left[i+1:]...)
				continue next
			}
		}
		return false
	}
	return true
}

// mustNormal is for values written in a case: one that the protocol does not
// have is the case's own mistake, which the run reports as untested.
func mustNormal(v any) any {
	n, err := normal(v)
	if err != nil {
		panic(err) //nolint:forbidigo // conclude turns a case's own mistake into untested
	}
	return n
}
