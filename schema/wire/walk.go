// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// walker validates one MessagePack frame to its last byte, and builds nothing.
type walker struct {
	b        []byte
	maxDepth int
	// unclaimed is how many bytes no container has claimed for an element yet.
	// An element takes at least one byte, so all claims together fit the frame,
	// or the frame is refused before anything is allocated for them.
	unclaimed int
	// parts are the known parts of the frame, when it is a map.
	parts parts
}

// parts are the values of a request's top-level keys; nil where absent.
type parts struct{ action, headers, body, api Raw }

// take keeps the value of a known top-level key.
func (p *parts) take(key, value []byte) {
	switch string(key) {
	case "action":
		p.action = value
	case "headers":
		p.headers = value
	case "body":
		p.body = value
	case "api":
		p.api = value
	}
}

// walk validates b as one value with nothing after it, and returns the known
// parts of it, should it be a map.
func walk(b []byte, maxDepth int) (parts, *Refusal) {
	if len(b) > math.MaxInt32 { // offsets of keys are kept in 32 bits
		return parts{}, refuse(ruleMsgPack, "a frame of %d bytes is too long", len(b))
	}
	w := walker{b: b, maxDepth: maxDepth, unclaimed: len(b)}
	end, r := w.value(0, 1)
	if r == nil && end != len(b) {
		r = refuse(ruleMsgPack, "not valid MessagePack: %d more bytes after the value, which ends at byte %d", len(b)-end, end)
	}
	return w.parts, r
}

// value validates the value at offset i, which is depth levels deep if it is a
// container, and returns the offset behind it.
func (w *walker) value(i, depth int) (int, *Refusal) {
	if i >= len(w.b) {
		return i, w.cut("where a value is due")
	}
	c := w.b[i]
	switch kindOf(c) {
	case kindInt, kindBool, kindNull:
		return w.fixed(i, int(sizes[c]))
	case kindFloat:
		return w.float(i, int(sizes[c]))
	case kindAny:
		return i, w.foreign(i, c)
	case kindString:
		if c < codeNil {
			return w.text(i+1, int(c-codeFixStr))
		}
	case kindMap:
		if c < codeNil {
			return w.pairs(i+1, int(c-codeFixMap), depth)
		}
	case kindList:
		if c < codeNil {
			return w.items(i+1, int(c-codeFixArray), depth)
		}
	}
	return w.sized(i, c, depth)
}

// sized validates the string, list or map at i whose length stands in bytes of its own.
func (w *walker) sized(i int, c byte, depth int) (int, *Refusal) {
	start := i + 1 + lengthSize(c)
	if start > len(w.b) {
		return i, w.cut("inside a length")
	}
	n := length(w.b[i+1 : start])
	switch {
	case c <= codeStr32:
		return w.text(start, n)
	case c <= codeArray32:
		return w.items(start, n, depth)
	}
	return w.pairs(start, n, depth)
}

// text validates the n bytes of a string at i. Most strings are short and ASCII,
// and those are told without a call of utf8.Valid.
func (w *walker) text(i, n int) (int, *Refusal) {
	if n > len(w.b)-i {
		return i, w.cut("inside a string")
	}
	s := w.b[i : i+n]
	rest, high := s, uint64(0)
	for len(rest) >= 8 {
		high |= binary.LittleEndian.Uint64(rest)
		rest = rest[8:]
	}
	for _, c := range rest {
		high |= uint64(c)
	}
	if high&0x8080808080808080 != 0 && !utf8.Valid(s) {
		return i, refuse(ruleUTF8, "is not valid UTF-8")
	}
	return i + n, nil
}

// fixed skips the n bytes of a value at i.
func (w *walker) fixed(i, n int) (int, *Refusal) {
	if n > len(w.b)-i {
		return i, w.cut("inside a number")
	}
	return i + n, nil
}

// float validates the float of n bytes at i.
func (w *walker) float(i, n int) (int, *Refusal) {
	end, r := w.fixed(i, n)
	if r != nil {
		return i, r
	}
	f := readFloat(w.b[i+1 : end])
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return i, refuse(ruleFinite, "must be a finite number")
	}
	return end, nil
}

// claim reserves n elements of one container, and its level.
func (w *walker) claim(i, n, depth int) *Refusal {
	if depth > w.maxDepth {
		return refuse(ruleDepth, "nests deeper than %d levels", w.maxDepth)
	}
	if n > w.unclaimed {
		return refuse(ruleMsgPack, "not valid MessagePack at byte %d: claims more elements than the frame has bytes for", i)
	}
	w.unclaimed -= n
	return nil
}

// items validates the n items of a list at i.
func (w *walker) items(i, n, depth int) (int, *Refusal) {
	if r := w.claim(i, n, depth); r != nil {
		return i, r
	}
	for k := range n {
		next, r := w.value(i, depth+1)
		if r != nil {
			return i, r.inItem(k)
		}
		i = next
	}
	return i, nil
}

// pairs validates the n keys and values of a map at i.
func (w *walker) pairs(i, n, depth int) (int, *Refusal) {
	if r := w.claim(i, 2*n, depth); r != nil {
		return i, r
	}
	var few [pairwise]span
	keys := few[:0]
	if n > pairwise {
		keys = make([]span, 0, n)
	}
	for range n {
		key, r := w.key(i)
		if r != nil {
			return i, r
		}
		keys = append(keys, key)
		next, r := w.value(int(key.end), depth+1)
		if r != nil {
			return i, r.inKey(w.b[key.start:key.end])
		}
		if depth == 1 {
			w.parts.take(w.b[key.start:key.end], w.b[key.end:next:next])
		}
		i = next
	}
	if key, twice := duplicate(w.b, keys); twice {
		return i, refuse(ruleDuplicate, "has the key %s more than once", quote(w.b[key.start:key.end]))
	}
	return i, nil
}

// key validates the key at i, and returns where its characters are.
func (w *walker) key(i int) (span, *Refusal) {
	if i >= len(w.b) {
		return span{}, w.cut("where a key is due")
	}
	c := w.b[i]
	if !isString(c) {
		return span{}, refuse(ruleKey, "has a key that is %s; every key must be a string", describe(c))
	}
	start, n := i+1, int(c-codeFixStr)
	if c >= codeStr8 {
		start += lengthSize(c)
		if start > len(w.b) {
			return span{}, w.cut("inside a length")
		}
		n = length(w.b[i+1 : start])
	}
	end, r := w.text(start, n)
	if r != nil && r.Rule == ruleUTF8 {
		r.Text = "has a key that is not valid UTF-8"
	}
	return span{uint32(start), uint32(end)}, r
}

// cut refuses a frame that ends too early.
func (w *walker) cut(where string) *Refusal {
	return refuse(ruleMsgPack, "not valid MessagePack: ends %s, at byte %d", where, len(w.b))
}

// foreign refuses a value that MessagePack has and the value space has not.
func (w *walker) foreign(i int, c byte) *Refusal {
	if c == codeNever {
		return refuse(ruleMsgPack, "not valid MessagePack at byte %d: 0xc1 starts no value", i)
	}
	return refuse(ruleForeign, "is %s, which JSON cannot say", describe(c))
}

// readFloat reads a float of 4 or 8 bytes; a float32 is widened.
func readFloat(b []byte) float64 {
	if len(b) == 4 {
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b))
}
