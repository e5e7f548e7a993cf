// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

var errCut = errors.New("the value is missing or cut short")

// readMsgPack reads exactly one MessagePack value, in any of the encodings that
// MessagePack has for it. It refuses what no reader of the protocol should have
// to take: strings that are not UTF-8, keys that are neither strings nor bytes, a
// key twice in a map. Bin and ext are read, so that a verdict can name their place.
func readMsgPack(data []byte) (any, error) {
	r := &packReader{data: data}
	v, err := r.value(0)
	if err == nil && r.at < len(data) {
		err = errors.New("bytes after the value")
	}
	if err != nil {
		return nil, &readError{r.at, err}
	}
	return v, nil
}

type packReader struct {
	bounded

	data []byte
	at   int
}

// take returns the next n bytes.
func (r *packReader) take(n uint64) ([]byte, error) {
	if n > uint64(len(r.data)-r.at) {
		return nil, errCut
	}
	b := r.data[r.at : r.at+int(n)]
	r.at += int(n)
	return b, nil
}

// uint reads a big-endian unsigned integer of size bytes.
func (r *packReader) uint(size int) (uint64, error) {
	b, err := r.take(uint64(size))
	if err != nil {
		return 0, err
	}
	var wide [8]byte
	copy(wide[8-size:], b)
	return binary.BigEndian.Uint64(wide[:]), nil
}

func (r *packReader) value(depth int) (any, error) {
	if err := r.admit(depth); err != nil {
		return nil, err
	}
	head, err := r.uint(1)
	if err != nil {
		return nil, err
	}
	switch c := byte(head); {
	case c < 0x80:
		return int64(c), nil
	case c < 0x90:
		return r.dict(uint64(c&0x0f), depth)
	case c < 0xa0:
		return r.list(uint64(c&0x0f), depth)
	case c < 0xc0:
		return r.text(uint64(c & 0x1f))
	case c >= 0xe0:
		return int64(int8(c)), nil
	default:
		return r.sized(c, depth)
	}
}

// sized reads a value whose first byte says how large it or its length is.
func (r *packReader) sized(c byte, depth int) (any, error) {
	switch c {
	case 0xc0:
		return nil, nil
	case 0xc2, 0xc3:
		return c == 0xc3, nil
	case 0xca:
		u, err := r.uint(4)
		return float64(math.Float32frombits(uint32(u))), err
	case 0xcb:
		u, err := r.uint(8)
		return math.Float64frombits(u), err
	case 0xcc, 0xcd, 0xce, 0xcf:
		u, err := r.uint(1 << (c - 0xcc))
		return unsigned(u), err
	case 0xd0, 0xd1, 0xd2, 0xd3:
		size := 1 << (c - 0xd0)
		u, err := r.uint(size)
		drop := 64 - 8*size
		return int64(u<<drop) >> drop, err
	case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8:
		return r.ext(1 << (c - 0xd4))
	case 0xc1:
		r.at-- // where it stands
		return nil, errors.New("the byte 0xc1")
	}
	width := map[byte]int{
		0xc4: 1, 0xc5: 2, 0xc6: 4, 0xc7: 1, 0xc8: 2, 0xc9: 4,
		0xd9: 1, 0xda: 2, 0xdb: 4, 0xdc: 2, 0xdd: 4, 0xde: 2, 0xdf: 4,
	}[c]
	n, err := r.uint(width)
	if err != nil {
		return nil, err
	}
	switch {
	case c <= 0xc6:
		b, err := r.take(n)
		return Bin(b), err
	case c <= 0xc9:
		return r.ext(n)
	case c <= 0xdb:
		return r.text(n)
	case c <= 0xdd:
		return r.list(n, depth)
	default:
		return r.dict(n, depth)
	}
}

func (r *packReader) ext(n uint64) (any, error) {
	kind, err := r.uint(1)
	if err != nil {
		return nil, err
	}
	b, err := r.take(n)
	return Ext{Type: int8(kind), Data: b}, err
}

func (r *packReader) text(n uint64) (any, error) {
	b, err := r.take(n)
	if err == nil && !utf8.Valid(b) {
		err = errors.New("a string that is not UTF-8")
	}
	return string(b), err
}

// list reads n values; a false length costs no memory, since each value has a
// byte and room is made only for values that can still come.
func (r *packReader) list(n uint64, depth int) (any, error) {
	list := make(L, 0, min(n, uint64(len(r.data)-r.at), 1024))
	for range n {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

func (r *packReader) dict(n uint64, depth int) (any, error) {
	m := M{}
	for range n {
		k, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		key, ok := k.(string)
		if b, bin := k.(Bin); bin { // a lax server may echo one; it equals no string
			key, ok = printed(b), true
		}
		if !ok {
			return nil, fmt.Errorf("a key that is neither a string nor bytes: %s", short(printed(k)))
		}
		if _, twice := m[key]; twice {
			return nil, fmt.Errorf("key %q twice in a map", key)
		}
		if m[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	return m, nil
}
