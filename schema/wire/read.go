// SPDX-License-Identifier: Apache-2.0

package wire

import "encoding/binary"

// What is here reads bytes that the walker has found good, and checks nothing.

// stringAt returns the characters of the string at i, and the offset behind it.
func stringAt(b []byte, i int) (s []byte, end int) {
	c := b[i]
	start, n := i+1, int(c-codeFixStr)
	if c >= codeStr8 {
		start += lengthSize(c)
		n = length(b[i+1 : start])
	}
	return b[start : start+n], start + n
}

// countAt returns the number of elements of the list or map at i, and the offset
// of the first.
func countAt(b []byte, i int) (n, start int) {
	c := b[i]
	if c < codeFixStr {
		return int(c & 0x0f), i + 1
	}
	start = i + 1 + lengthSize(c)
	return length(b[i+1 : start]), start
}

// integerAt returns the integer at i. With negative, it is int64(n).
func integerAt(b []byte, i int) (n uint64, negative bool) {
	c := b[i]
	switch {
	case c <= codePosFixIntMax:
		return uint64(c), false
	case c >= codeNegFixInt:
		return uint64(int64(int8(c))), true
	}
	s := b[i+1:]
	switch c {
	case codeUint8:
		n = uint64(s[0])
	case codeUint16:
		n = uint64(binary.BigEndian.Uint16(s))
	case codeUint32:
		n = uint64(binary.BigEndian.Uint32(s))
	case codeUint64:
		n = binary.BigEndian.Uint64(s)
	case codeInt8:
		n = uint64(int64(int8(s[0])))
	case codeInt16:
		n = uint64(int64(int16(binary.BigEndian.Uint16(s))))
	case codeInt32:
		n = uint64(int64(int32(binary.BigEndian.Uint32(s))))
	case codeInt64:
		n = binary.BigEndian.Uint64(s)
	}
	return n, c >= codeInt8 && int64(n) < 0
}

// skip returns the offset behind the value at i.
func skip(b []byte, i int) int {
	for left := 1; left > 0; left-- {
		c := b[i]
		if size := int(sizes[c]); size > 0 {
			i += size
			continue
		}
		if isString(c) {
			_, i = stringAt(b, i)
			continue
		}
		var n int
		n, i = countAt(b, i)
		if kindOf(c) == kindMap {
			n *= 2
		}
		left += n
	}
	return i
}
