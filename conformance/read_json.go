// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a reply may be nested before the judge refuses it: ten
// times what the protocol asks for, so that a case can go beyond the limit.
const maxDepth = 1000

// maxValues is how many values a reply may hold before the judge refuses it: some take a
// hundred times the memory of their bytes.
const maxValues = 500_000

var (
	errDepth  = fmt.Errorf("nested deeper than %d", maxDepth)
	errValues = fmt.Errorf("more than %d values", maxValues)
)

// bounded limits what a reader makes of a message.
type bounded struct{ values int }

func (c *bounded) admit(depth int) error {
	c.values++
	switch {
	case depth > maxDepth:
		return errDepth
	case c.values > maxValues:
		return errValues
	}
	return nil
}

// readJSON reads exactly one JSON value by RFC 8259, and stricter: valid UTF-8,
// no key twice in a map (compared after unescaping), no float beyond 64 bits. A
// number written with `.`, `e` or `E` is a float64, any other an integer. What a
// lax server may echo (FRM-50) is read as what it is: an integer beyond 64 bits
// as Huge, a lone surrogate as its three bytes, which no other string has.
func readJSON(text []byte) (any, error) {
	if !utf8.Valid(text) {
		return nil, &readError{badByte(text), errors.New("not UTF-8")}
	}
	r := &jsonReader{text: text}
	v, err := r.value(0)
	if err == nil {
		r.space()
		if r.at < len(r.text) {
			err = errors.New("bytes after the value")
		}
	}
	if err != nil {
		return nil, &readError{r.at, err}
	}
	return v, nil
}

// badByte is the first byte that is not part of UTF-8.
func badByte(text []byte) int {
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return len(text)
}

// readError says where a message cannot be read, and why.
type readError struct {
	at  int // byte
	err error
}

func (e *readError) Error() string { return fmt.Sprintf("byte %d: %v", e.at, e.err) }
func (e *readError) Unwrap() error { return e.err }

type jsonReader struct {
	bounded

	text []byte
	at   int
}

func (r *jsonReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// peek is the next byte after white space, 0 at the end.
func (r *jsonReader) peek() byte {
	r.space()
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// take moves over c if it comes next.
func (r *jsonReader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.at++
	return true
}

func (r *jsonReader) value(depth int) (any, error) {
	if err := r.admit(depth); err != nil {
		return nil, err
	}
	switch c := r.peek(); {
	case c == 0 && r.at == len(r.text):
		return nil, errors.New("the value is missing or cut short")
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		return r.string()
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	}
	for word, v := range map[string]any{"null": nil, "true": true, "false": false} {
		if strings.HasPrefix(string(r.text[r.at:min(r.at+5, len(r.text))]), word) {
			r.at += len(word)
			return v, nil
		}
	}
	return nil, errors.New("no JSON value")
}

func (r *jsonReader) object(depth int) (any, error) {
	r.at++
	m := M{}
	if r.take('}') {
		return m, nil
	}
	for {
		if r.peek() != '"' {
			return nil, errors.New("a key is due")
		}
		key, err := r.string()
		if err != nil {
			return nil, err
		}
		if _, ok := m[key]; ok {
			return nil, fmt.Errorf("key %q twice in a map", key)
		}
		if !r.take(':') {
			return nil, errors.New("a colon is due")
		}
		if m[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
		if r.take('}') {
			return m, nil
		}
		if !r.take(',') {
			return nil, errors.New("a comma or the end of the map is due")
		}
	}
}

func (r *jsonReader) array(depth int) (any, error) {
	r.at++
	list := L{}
	if r.take(']') {
		return list, nil
	}
	for {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		if r.take(']') {
			return list, nil
		}
		if !r.take(',') {
			return nil, errors.New("a comma or the end of the list is due")
		}
	}
}

func (r *jsonReader) string() (string, error) {
	r.at++
	var b strings.Builder
	for start := r.at; r.at < len(r.text); {
		switch c := r.text[r.at]; {
		case c == '"':
			b.Write(r.text[start:r.at])
			r.at++
			return b.String(), nil
		case c < ' ':
			return "", errors.New("a control character in a string")
		case c != '\\':
			r.at++
		default:
			b.Write(r.text[start:r.at])
			if err := r.escape(&b); err != nil {
				return "", err
			}
			start = r.at
		}
	}
	return "", errors.New("a string without end")
}

// escape reads one escape, a pair of surrogates being one.
func (r *jsonReader) escape(b *strings.Builder) error {
	if r.at+1 == len(r.text) {
		return errors.New("a string without end")
	}
	c := r.text[r.at+1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		r.at += 2
		return nil
	}
	first, ok := r.unit()
	if !ok {
		return errors.New("an unknown escape")
	}
	if !utf16.IsSurrogate(first) {
		b.WriteRune(first)
		return nil
	}
	second, ok := r.unit()
	pair := utf16.DecodeRune(first, second)
	if !ok || pair == utf8.RuneError {
		if ok {
			r.at -= len(`\uXXXX`) // it is a character of its own
		}
		b.Write([]byte{0xe0 | byte(first>>12), 0x80 | byte(first>>6)&0x3f, 0x80 | byte(first)&0x3f})
		return nil
	}
	b.WriteRune(pair)
	return nil
}

// unit reads `\uXXXX`.
func (r *jsonReader) unit() (rune, bool) {
	if r.at+6 > len(r.text) || string(r.text[r.at:r.at+2]) != `\u` {
		return 0, false
	}
	u, err := strconv.ParseUint(string(r.text[r.at+2:r.at+6]), 16, 16)
	if err != nil {
		return 0, false
	}
	r.at += 6
	return rune(u), true
}

func (r *jsonReader) number() (any, error) {
	start, float := r.at, false
	digits := func() bool {
		from := r.at
		for r.at < len(r.text) && '0' <= r.text[r.at] && r.text[r.at] <= '9' {
			r.at++
		}
		return r.at > from
	}
	next := func(set string) bool {
		if r.at < len(r.text) && strings.IndexByte(set, r.text[r.at]) >= 0 {
			r.at++
			return true
		}
		return false
	}
	next("-")
	good := next("0") || digits()
	if good && next(".") {
		float, good = true, digits()
	}
	if good && next("eE") {
		next("+-")
		float, good = true, digits()
	}
	if !good {
		return nil, errors.New("no JSON number")
	}
	return toNumber(string(r.text[start:r.at]), float)
}

// toNumber gives a well-formed number its place in the value space.
func toNumber(s string, float bool) (any, error) {
	if float {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(f, 0) {
			return nil, fmt.Errorf("%s is too large for a 64-bit float", short(s))
		}
		return f, nil
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, nil
	}
	if u, err := strconv.ParseUint(s, 10, 64); err == nil {
		return u, nil
	}
	return Huge(s), nil
}

// short cuts a text that would fill the screen.
func short(s string) string {
	if len(s) <= 40 {
		return s
	}
	return s[:40] + "…"
}
