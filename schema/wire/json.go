// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"math"
	"strconv"
)

// Text is a value of a checked request as JSON.
func Text(v Raw) []byte { return appendJSON(nil, v) }

// appendJSON appends the walked MessagePack value b as JSON, without white space.
//
// Integers are exact. A float is the shortest that reads back equal, and always
// has a "." or an "e", so that it stays a float. A float32 is written as the
// float64 it stands for. Non-ASCII characters stand as they are.
func appendJSON(dst, b []byte) []byte {
	dst, _ = appendValue(dst, b, 0)
	return dst
}

// appendValue appends the value at i, and returns the offset behind it.
func appendValue(dst, b []byte, i int) ([]byte, int) {
	switch c := b[i]; kindOf(c) {
	case kindBool:
		return strconv.AppendBool(dst, c == codeTrue), i + 1
	case kindInt:
		n, negative := integerAt(b, i)
		if negative {
			return strconv.AppendInt(dst, int64(n), 10), skip(b, i)
		}
		return strconv.AppendUint(dst, n, 10), skip(b, i)
	case kindFloat:
		end := skip(b, i)
		return appendFloat(dst, readFloat(b[i+1:end])), end
	case kindString:
		s, end := stringAt(b, i)
		return appendText(dst, s), end
	case kindList:
		return appendItems(dst, b, i)
	case kindMap:
		return appendPairs(dst, b, i)
	default: // null
		return append(dst, "null"...), i + 1
	}
}

func appendItems(dst, b []byte, i int) ([]byte, int) {
	n, i := countAt(b, i)
	dst = append(dst, '[')
	for k := range n {
		if k > 0 {
			dst = append(dst, ',')
		}
		dst, i = appendValue(dst, b, i)
	}
	return append(dst, ']'), i
}

func appendPairs(dst, b []byte, i int) ([]byte, int) {
	n, i := countAt(b, i)
	dst = append(dst, '{')
	for k := range n {
		if k > 0 {
			dst = append(dst, ',')
		}
		key, value := stringAt(b, i)
		dst = append(appendText(dst, key), ':')
		dst, i = appendValue(dst, b, value)
	}
	return append(dst, '}'), i
}

// appendFloat writes as people do between 1e-6 and 1e21, and with an exponent beyond.
func appendFloat(dst []byte, f float64) []byte {
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if bytes.IndexByte(dst[start:], '.') >= 0 {
		return dst
	}
	return append(dst, ".0"...)
}

// appendText writes a string; what JSON demands is escaped, and nothing else.
func appendText(dst, s []byte) []byte {
	dst = append(dst, '"')
	start := 0
	for i, c := range s {
		if !special[c] {
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		start = i + 1
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
