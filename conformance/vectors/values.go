// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// reference is where in a reply a string was first seen.
type reference struct {
	reply int // from 1
	path  string
}

// values writes values and frames as data that holds on every server: where they have
// what a server made up, such as an id, a reference to its reply stands.
type values struct {
	made   map[string]reference
	madeUp func(string) bool
}

// learn remembers the strings of a reply that its server made up.
func (v *values) learn(reply int, path string, value any) {
	switch value := value.(type) {
	case string:
		if _, known := v.made[value]; !known && value != "" && v.madeUp(value) {
			v.made[value] = reference{reply, path}
		}
	case []any:
		for i, e := range value {
			v.learn(reply, fmt.Sprintf("%s[%d]", path, i), e)
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(value)) {
			if !strings.ContainsAny(k, ".[]") {
				v.learn(reply, path+"."+k, value[k])
			}
		}
	}
}

// split is a string in parts: text as it is, references, and what repeats.
func (v *values) split(text string) []any {
	for _, made := range slices.SortedFunc(maps.Keys(v.made), func(a, b string) int { return len(b) - len(a) }) {
		if before, after, found := strings.Cut(text, made); found {
			r := v.made[made]
			return slices.Concat(v.split(before), []any{object{"$ref": []any{r.reply, r.path}}}, v.split(after))
		}
	}
	return repeats(text, func(s string) any { return s }, func(s string) int {
		_, n := utf8.DecodeRuneInString(s)
		return n
	})
}

// shortestRun is how many bytes have to repeat to be written once, with how often.
const shortestRun = 64

// longestUnit is the longest that a unit which repeats is looked for.
const longestUnit = 16

// repeats is a text in parts, of which long runs of one unit are written as that and
// how often it stands there. A unit has whole characters; step is the length of one.
func repeats(text string, show func(string) any, step func(string) int) (parts []any) {
	from := 0
	for at := 0; at < len(text); {
		n, times := run(text[at:], step)
		if times == 0 {
			at += step(text[at:])
			continue
		}
		if at > from {
			parts = append(parts, show(text[from:at]))
		}
		parts = append(parts, object{"repeat": show(text[at : at+n]), "times": times})
		at += n * times
		from = at
	}
	if from < len(text) {
		parts = append(parts, show(text[from:]))
	}
	return parts
}

// run is the unit that a text begins with over and over, by its length, and how often;
// not often enough is never.
func run(text string, step func(string) int) (n, times int) {
	for n = step(text); n <= min(longestUnit, len(text)/2); n += step(text[n:]) {
		times = 1
		for strings.HasPrefix(text[n*times:], text[:n]) {
			times++
		}
		if n*times >= shortestRun {
			return n, times
		}
	}
	return 0, 0
}

// text is a string: itself, a reference, or parts.
func (v *values) text(s string) any {
	parts := v.split(s)
	switch {
	case len(parts) == 0:
		return ""
	case len(parts) > 1:
		return object{"$text": parts}
	}
	if r, ok := parts[0].(object); ok && r["$ref"] == nil {
		return object{"$text": parts}
	}
	return parts[0]
}

// largestInt is the largest integer that every reader of JSON keeps.
const largestInt = 1 << 53

// pattern is a value, or what is permitted in its place.
func (v *values) pattern(value any) (any, error) {
	switch value := value.(type) {
	case nil, bool:
		return value, nil
	case string:
		return v.text(value), nil
	case int, int64, uint64, conformance.Huge:
		digits := fmt.Sprint(value)
		if i, err := strconv.ParseInt(digits, 10, 64); err == nil && -largestInt < i && i < largestInt {
			return i, nil
		}
		return object{"$int": digits}, nil
	case float64:
		return object{"$float": floatText(value)}, nil
	case conformance.Bin:
		return object{"$bin": hex.EncodeToString(value)}, nil
	case conformance.Ext:
		return object{"$ext": []any{value.Type, hex.EncodeToString(value.Data)}}, nil
	case []any:
		return v.patterns(value)
	case map[string]any:
		return v.object(value)
	case conformance.Matcher:
		return v.matcher(value)
	}
	n, err := conformance.Normal(value)
	if err != nil {
		return nil, unfit("it judges by a matcher of gomega")
	}
	return v.pattern(n)
}

// matcher is what a Matcher permits.
func (v *values) matcher(m conformance.Matcher) (any, error) {
	name, args := m.Op()
	switch name {
	case "":
		return nil, unfit("it permits " + m.String() + ", which vectors have no word for")
	case "having":
		keys, err := v.pairs(args[0])
		return object{"$keys": []any{keys, []any{}}}, err
	}
	some, err := v.patterns(args)
	return object{"$" + name: some}, err
}

// pairs are the keys of a map with what is permitted of each.
func (v *values) pairs(m any) ([][2]any, error) {
	keys, _ := m.(map[string]any)
	pairs := [][2]any{}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		p, err := v.pattern(keys[k])
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, [2]any{v.text(k), p})
	}
	return pairs, nil
}

func floatText(f float64) string {
	if math.IsNaN(f) {
		return "nan"
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func (v *values) patterns(list []any) ([]any, error) {
	some := make([]any, len(list))
	for i, e := range list {
		p, err := v.pattern(e)
		if err != nil {
			return nil, err
		}
		some[i] = p
	}
	return some, nil
}

// object is a map; as a list of pairs if a key could be taken for something else.
func (v *values) object(m map[string]any) (any, error) {
	pairs, err := v.pairs(m)
	if err != nil {
		return nil, err
	}
	plain := object{}
	for _, pair := range pairs {
		name, is := pair[0].(string)
		if !is || strings.HasPrefix(name, "$") {
			return object{"$map": pairs}, nil
		}
		plain[name] = pair[1]
	}
	return plain, nil
}

// frame is a message byte for byte: of a text message its text, of a binary one
// the characters U+0000 to U+00FF that stand for its bytes, in parts. A string with what a server made up is a part of its
// own, that a runner encodes.
func (v *values) frame(kind conformance.Kind, message []byte) ([]any, error) {
	value, _ := conformance.Decode(kind, message) // nil for one that is spoilt
	texts := v.madeTexts(slices.Collect(maps.Keys(v.made)), value)
	slices.SortFunc(texts, func(a, b string) int { return len(b) - len(a) })
	return v.cut(kind, string(message), texts)
}

// madeTexts are the strings and keys of a value that hold what a server made up.
func (v *values) madeTexts(all []string, value any) []string {
	switch value := value.(type) {
	case string:
		for made := range v.made {
			if strings.Contains(value, made) && !slices.Contains(all, value) {
				return append(all, value)
			}
		}
	case []any:
		for _, e := range value {
			all = v.madeTexts(all, e)
		}
	case map[string]any:
		for k, e := range value {
			all = v.madeTexts(v.madeTexts(all, k), e)
		}
	}
	return all
}

// cut is a message in parts, the encoded texts among them.
func (v *values) cut(kind conformance.Kind, message string, texts []string) ([]any, error) {
	for _, text := range texts {
		encoded, err := conformance.Encode(kind, text)
		if err != nil {
			return nil, fmt.Errorf("encode a string again: %w", err)
		}
		before, after, found := strings.Cut(message, string(encoded))
		if !found {
			continue
		}
		first, err := v.cut(kind, before, texts)
		if err != nil {
			return nil, err
		}
		rest, err := v.cut(kind, after, texts)
		return slices.Concat(first, []any{object{"string": v.split(text)}}, rest), err
	}
	for made := range v.made {
		if strings.Contains(message, made) {
			return nil, unfit("a message holds what the server made up, in another encoding")
		}
	}
	return literal(kind, message), nil
}

// literal is a part of a message without anything that a server made up.
func literal(kind conformance.Kind, part string) []any {
	if kind == conformance.Text && utf8.ValidString(part) {
		return (&values{}).split(part)
	}
	show := func(s string) any { return latin1(s) }
	if kind == conformance.Text {
		show = func(s string) any { return object{"bytes": latin1(s)} }
	}
	return repeats(part, show, func(string) int { return 1 })
}

// latin1 is bytes as characters, each of the byte's number.
func latin1(bytes string) string {
	runes := make([]rune, len(bytes))
	for i := range len(bytes) {
		runes[i] = rune(bytes[i])
	}
	return string(runes)
}
