// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
	"unicode/utf8"
)

// text transcodes a string at its opening quote.
func (t *transcoder) text() *Refusal {
	t.i++
	start := t.i
	t.i = t.run(start)
	if t.i < len(t.in) && t.in[t.i] == '"' { // nothing escaped: one copy
		s := t.in[start:t.i]
		t.i++
		t.out = append(appendStringHeader(t.out, len(s)), s...)
		return nil
	}
	return t.escapedText(start)
}

// run returns the end of the characters from i on that stand for themselves.
func (t *transcoder) run(i int) int {
	for i < len(t.in) && !special[t.in[i]] {
		i++
	}
	return i
}

// special holds the bytes that end a run of plain characters in a JSON string.
var special = func() (s [256]bool) {
	for c := range ' ' {
		s[c] = true
	}
	s['"'], s['\\'] = true, true
	return s
}()

// escapedText transcodes a string whose plain characters from start on end at an
// escape. The string only gets shorter, so its header is set last.
func (t *transcoder) escapedText(start int) *Refusal {
	head := len(t.out)
	t.out = append(t.out, 0, 0, 0, 0, 0)
	t.out = append(t.out, t.in[start:t.i]...)
	for {
		if t.i >= len(t.in) {
			return t.bad("")
		}
		switch c := t.in[t.i]; {
		case c == '"':
			t.i++
			s := t.out[head+5:]
			t.out = appendStringHeader(t.out[:head], len(s))
			t.out = append(t.out, s...) // moves down, over itself
			return nil
		case c != '\\':
			return t.bad("a control character in a string must be escaped")
		}
		if r := t.escape(); r != nil {
			return r
		}
		start = t.i
		t.i = t.run(start)
		t.out = append(t.out, t.in[start:t.i]...)
	}
}

// escape transcodes one escape, or the two that make one character.
func (t *transcoder) escape() *Refusal {
	t.i++
	if t.i >= len(t.in) {
		return t.bad("")
	}
	c := t.in[t.i]
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		return t.unicode()
	default:
		return t.bad("no such escape")
	}
	t.i++
	t.out = append(t.out, c)
	return nil
}

// unicode transcodes \uXXXX at its u, with the \uXXXX after it where the two are
// a surrogate pair.
func (t *transcoder) unicode() *Refusal {
	first, ok := t.hex(t.i)
	if !ok {
		return t.bad("four hexadecimal digits are due")
	}
	at := t.i
	t.i += 5
	if utf16.IsSurrogate(first) {
		low, ok := rune(0), false
		if t.i+1 < len(t.in) && t.in[t.i] == '\\' {
			low, ok = t.hex(t.i + 1)
		}
		first = utf16.DecodeRune(first, low)
		if !ok || first == utf8.RuneError {
			return refuse(ruleSurrogate, "has half a surrogate pair (%s)", t.in[at-1:at+5])
		}
		t.i += 6
	}
	t.out = utf8.AppendRune(t.out, first)
	return nil
}

// hex reads uXXXX at i.
func (t *transcoder) hex(i int) (rune, bool) {
	if i+5 > len(t.in) || t.in[i] != 'u' {
		return 0, false
	}
	var n rune
	for _, c := range t.in[i+1 : i+5] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		n = n<<4 | rune(c)
	}
	return n, true
}

// appendStringHeader appends the shortest header of a string of n bytes.
func appendStringHeader(b []byte, n int) []byte {
	switch {
	case n < 32:
		return append(b, codeFixStr|byte(n))
	case n <= math.MaxUint8:
		return append(b, codeStr8, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, codeStr16), uint16(n))
	}
	return binary.BigEndian.AppendUint32(append(b, codeStr32), uint32(n))
}
