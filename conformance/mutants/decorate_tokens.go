// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"encoding/binary"

	"github.com/tinylib/msgp/msgp"
)

// token is a piece of MessagePack: a value that holds no other, the head of a list or
// of a map, or a whole key.
type token struct {
	top  string // the key of the request that it stands under
	key  bool
	raw  []byte
	over bool // it says that it is longer than the message; raw is no more than its head
}

// retoken passes the pieces of a message through edit, whatever is wrong with it. What
// cannot be told apart any more stays as it is.
func retoken(message []byte, edit func(t token) []byte) []byte {
	r := retokener{in: message, edit: edit}
	for more := true; more; {
		more = r.value(0, "", false)
	}
	return append(r.out, r.in...)
}

type retokener struct {
	in, out []byte
	edit    func(t token) []byte
}

// take edits the next n bytes.
func (r *retokener) take(n int, t token) {
	t.raw, r.in = r.in[:n], r.in[n:]
	r.out = append(r.out, r.edit(t)...)
}

// value edits one value, and says whether it could be told apart.
func (r *retokener) value(depth int, top string, key bool) bool {
	if len(r.in) == 0 {
		return false
	}
	elements, head := headOf(r.in)
	switch {
	case r.in[0] == 0xc1:
		r.take(1, token{top: top, key: key})
		return true
	case head > 0 && head <= len(r.in) && elements > len(r.in)-head:
		r.take(head, token{top: top, key: key, over: true})
		return true
	case key || head == 0 || isText(r.in[0]):
		rest, err := msgp.Skip(r.in)
		if err == nil {
			r.take(len(r.in)-len(rest), token{top: top, key: key})
		}
		return err == nil
	}
	pairs := isMapHead(r.in[0])
	r.take(min(head, len(r.in)), token{top: top})
	for range elements {
		if pairs {
			if depth == 0 {
				name, _, _ := msgp.ReadStringBytes(r.in) // no string names nothing
				top = name
			}
			if !r.value(depth+1, top, true) {
				return false
			}
		}
		if !r.value(depth+1, top, false) {
			return false
		}
	}
	return true
}

// headOf is how many elements, or bytes, a value announces, and how long its head is;
// 0 for one that announces nothing.
func headOf(b []byte) (n, head int) {
	c := b[0]
	switch {
	case c >= 0x80 && c < 0xa0:
		return int(c & 0x0f), 1
	case c >= 0xa0 && c < 0xc0:
		return int(c & 0x1f), 1
	case c >= 0xc4 && c <= 0xc6:
		head = 1 + 1<<(c-0xc4)
	case c >= 0xd9 && c <= 0xdb:
		head = 1 + 1<<(c-0xd9)
	case c >= 0xdc && c <= 0xdf:
		head = 1 + 2<<((c-0xdc)&1)
	default:
		return 0, 0
	}
	if head > len(b) {
		return 0, head
	}
	var wide [8]byte
	copy(wide[8-(head-1):], b[1:head])
	return int(binary.BigEndian.Uint64(wide[:])), head
}

// isText says whether c begins a string or bytes.
func isText(c byte) bool { return isString(c) || isBytes(c) }

func isString(c byte) bool { return c >= 0xa0 && c < 0xc0 || c >= 0xd9 && c <= 0xdb }

func isBytes(c byte) bool { return c >= 0xc4 && c <= 0xc6 }

func isMapHead(c byte) bool { return c&0xf0 == 0x80 || c == 0xde || c == 0xdf }

// asString is a value of bytes as a string.
func asString(raw []byte) []byte {
	b, _, err := msgp.ReadBytesZC(raw)
	if err != nil {
		return raw
	}
	return msgp.AppendString(nil, string(b))
}

// bytesAsStrings takes bytes for strings, in one part of a request.
func bytesAsStrings(top string) func(message []byte) []byte {
	return func(message []byte) []byte {
		return retoken(message, func(t token) []byte {
			if t.top == top && !t.key && isBytes(t.raw[0]) {
				return asString(t.raw)
			}
			return t.raw
		})
	}
}
