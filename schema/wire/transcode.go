// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"github.com/tinylib/msgp/msgp"
)

// transcoder turns strict JSON into MessagePack in one pass. Values take their
// shortest MessagePack form. It leaves to the walker what both formats share:
// UTF-8 and duplicate keys.
//
// Source: RFC 8259.
type transcoder struct {
	in       []byte
	i        int // the next byte of in
	out      []byte
	maxDepth int
}

// transcode turns a text frame into MessagePack.
func transcode(frame []byte, maxDepth int) ([]byte, *Refusal) {
	t := transcoder{in: frame, out: make([]byte, 0, len(frame)+8), maxDepth: maxDepth}
	if r := t.value(1); r != nil {
		return nil, r
	}
	if t.peek(); t.i < len(t.in) {
		return nil, t.bad("more after the value")
	}
	return t.out, nil
}

// peek skips white space and returns the byte behind it, 0 at the end. Nothing in
// JSON starts with a byte 0.
func (t *transcoder) peek() byte {
	for ; t.i < len(t.in); t.i++ {
		switch c := t.in[t.i]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// bad refuses what is no JSON, at the byte at hand.
func (t *transcoder) bad(what string) *Refusal {
	if t.i >= len(t.in) {
		return refuse(ruleJSON, "not valid JSON: ends where it should go on, at byte %d", len(t.in))
	}
	return refuse(ruleJSON, "not valid JSON at byte %d: %s", t.i, what)
}

// value transcodes one value, which is depth levels deep if it is a container.
func (t *transcoder) value(depth int) *Refusal {
	switch c := t.peek(); c {
	case '{':
		return t.object(depth)
	case '[':
		return t.array(depth)
	case '"':
		return t.text()
	case 't':
		return t.literal("true", codeTrue)
	case 'f':
		return t.literal("false", codeFalse)
	case 'n':
		return t.literal("null", codeNil)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return t.number()
	case 'N', 'I':
		return refuse(ruleNumber, "not valid JSON at byte %d: JSON has no NaN and no Infinity", t.i)
	}
	return t.bad("a value is due")
}

// literal transcodes true, false or null.
func (t *transcoder) literal(word string, code byte) *Refusal {
	if end := t.i + len(word); end > len(t.in) || string(t.in[t.i:end]) != word {
		return t.bad("a value is due")
	}
	t.i += len(word)
	t.out = append(t.out, code)
	return nil
}

// enter begins a container at its bracket.
func (t *transcoder) enter(depth int) (start int, r *Refusal) {
	if depth > t.maxDepth {
		return 0, refuse(ruleDepth, "nests deeper than %d levels", t.maxDepth)
	}
	t.i++
	start = len(t.out)
	t.out = append(t.out, 0) // leave sets it
	return start, nil
}

// leave writes the header of the container that began at start, now that its n
// elements are known. One with more than 15 moves its content up by 2 or 4 bytes.
func (t *transcoder) leave(start, n int, fix, code16 byte) {
	t.i++
	switch {
	case n < 16:
		t.out[start] = fix | byte(n)
	case n <= math.MaxUint16:
		t.out = append(t.out, 0, 0)
		copy(t.out[start+3:], t.out[start+1:])
		t.out[start] = code16
		binary.BigEndian.PutUint16(t.out[start+1:], uint16(n))
	default:
		t.out = append(t.out, 0, 0, 0, 0)
		copy(t.out[start+5:], t.out[start+1:])
		t.out[start] = code16 + 1
		binary.BigEndian.PutUint32(t.out[start+1:], uint32(n))
	}
}

func (t *transcoder) array(depth int) *Refusal {
	start, r := t.enter(depth)
	if r != nil {
		return r
	}
	n := 0
	if t.peek() != ']' {
		for {
			if r := t.value(depth + 1); r != nil {
				return r.inItem(n)
			}
			n++
			if c := t.peek(); c == ']' {
				break
			} else if c != ',' {
				return t.bad("a comma or ] is due")
			}
			t.i++
		}
	}
	t.leave(start, n, codeFixArray, codeArray16)
	return nil
}

func (t *transcoder) object(depth int) *Refusal {
	start, r := t.enter(depth)
	if r != nil {
		return r
	}
	n := 0
	if t.peek() != '}' {
		for {
			if r := t.member(depth); r != nil {
				return r
			}
			n++
			if c := t.peek(); c == '}' {
				break
			} else if c != ',' {
				return t.bad("a comma or } is due")
			}
			t.i++
		}
	}
	t.leave(start, n, codeFixMap, codeMap16)
	return nil
}

// member transcodes one key and its value.
func (t *transcoder) member(depth int) *Refusal {
	if t.peek() != '"' {
		return t.bad("a key in double quotes is due")
	}
	at := len(t.out)
	if r := t.text(); r != nil {
		return r
	}
	if t.peek() != ':' {
		return t.bad("a colon is due")
	}
	t.i++
	if r := t.value(depth + 1); r != nil {
		key, _ := stringAt(t.out, at)
		return r.inKey(key)
	}
	return nil
}

// number transcodes a number: a float if it has a fraction or an exponent, an
// integer if not.
//
// Source: RFC 8259 §6.
func (t *transcoder) number() *Refusal {
	start := t.i
	if t.in[t.i] == '-' {
		t.i++
		if t.i < len(t.in) && t.in[t.i] == 'I' {
			return refuse(ruleNumber, "not valid JSON at byte %d: JSON has no NaN and no Infinity", start)
		}
	}
	if t.i < len(t.in) && t.in[t.i] == '0' {
		t.i++
	} else if !t.digits() {
		return t.bad("a digit is due")
	}
	float := false
	if t.i < len(t.in) && t.in[t.i] == '.' {
		float = true
		t.i++
		if !t.digits() {
			return t.bad("a digit is due")
		}
	}
	if t.i < len(t.in) && t.in[t.i]|0x20 == 'e' {
		float = true
		t.i++
		if t.i < len(t.in) && (t.in[t.i] == '+' || t.in[t.i] == '-') {
			t.i++
		}
		if !t.digits() {
			return t.bad("a digit is due")
		}
	}
	if float {
		return t.float(t.in[start:t.i])
	}
	return t.integer(t.in[start:t.i])
}

// digits skips one digit or more.
func (t *transcoder) digits() bool {
	start := t.i
	for t.i < len(t.in) && '0' <= t.in[t.i] && t.in[t.i] <= '9' {
		t.i++
	}
	return t.i > start
}

func (t *transcoder) float(s []byte) *Refusal {
	f, err := strconv.ParseFloat(string(s), 64)
	if errors.Is(err, strconv.ErrRange) {
		return refuse(ruleNumber, "%s is too large for a 64-bit float", clip(s))
	}
	t.out = msgp.AppendFloat64(t.out, f)
	return nil
}

func (t *transcoder) integer(s []byte) *Refusal {
	digits := s
	if s[0] == '-' {
		digits = s[1:]
	}
	var n uint64
	for _, c := range digits {
		next := n*10 + uint64(c-'0')
		if n > math.MaxUint64/10 || next < n*10 {
			return outside(s)
		}
		n = next
	}
	switch {
	case len(digits) == len(s):
		t.out = msgp.AppendUint64(t.out, n)
	case n <= 1<<63:
		t.out = appendNegative(t.out, int64(-n))
	default:
		return outside(s)
	}
	return nil
}

func outside(s []byte) *Refusal {
	return refuse(ruleInteger, "%s is outside of -2^63 to 2^64-1", clip(s))
}

// appendNegative appends an integer that is 0 or less.
func appendNegative(b []byte, n int64) []byte {
	if n == 0 {
		return append(b, 0)
	}
	return msgp.AppendInt64(b, n)
}
