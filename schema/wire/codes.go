// SPDX-License-Identifier: Apache-2.0

package wire

import "encoding/binary"

// The first byte of a MessagePack value.
//
// Source: https://github.com/msgpack/msgpack/blob/master/spec.md#formats
const (
	codePosFixIntMax = 0x7f
	codeFixMap       = 0x80
	codeFixArray     = 0x90
	codeFixStr       = 0xa0
	codeNil          = 0xc0
	codeNever        = 0xc1
	codeFalse        = 0xc2
	codeTrue         = 0xc3
	codeBin8         = 0xc4
	codeBin32        = 0xc6
	codeExt8         = 0xc7
	codeExt32        = 0xc9
	codeFloat32      = 0xca
	codeFloat64      = 0xcb
	codeUint8        = 0xcc
	codeUint16       = 0xcd
	codeUint32       = 0xce
	codeUint64       = 0xcf
	codeInt8         = 0xd0
	codeInt16        = 0xd1
	codeInt32        = 0xd2
	codeInt64        = 0xd3
	codeFixExt1      = 0xd4
	codeFixExt16     = 0xd8
	codeStr8         = 0xd9
	codeStr16        = 0xda
	codeStr32        = 0xdb
	codeArray16      = 0xdc
	codeArray32      = 0xdd
	codeMap16        = 0xde
	codeMap32        = 0xdf
	codeNegFixInt    = 0xe0
)

// isString tells whether a value that starts with c is a string.
func isString(c byte) bool {
	return c >= codeFixStr && c < codeNil || c >= codeStr8 && c <= codeStr32
}

// lengthSize is how many bytes hold the length of a string, list or map that
// starts with c, one of str8 to map32.
func lengthSize(c byte) int {
	if c <= codeStr32 {
		return 1 << (c - codeStr8)
	}
	return 2 << ((c - codeArray16) & 1)
}

// length reads a length of 1, 2 or 4 bytes.
func length(b []byte) int {
	switch len(b) {
	case 1:
		return int(b[0])
	case 2:
		return int(binary.BigEndian.Uint16(b))
	}
	return int(binary.BigEndian.Uint32(b))
}

// describe says in words what a value that starts with c is.
func describe(c byte) string {
	k := kindOf(c)
	switch {
	case k != kindAny:
		return k.String()
	case c >= codeBin8 && c <= codeBin32:
		return "binary data (bin)"
	}
	return "an extension (ext)"
}

// kindOf is the kind of a value that starts with c; kindAny for bin, ext and 0xc1.
func kindOf(c byte) kind { return kinds[c] }

// kinds is kindOf as a table: it is asked for each value there is.
var kinds = func() (t [256]kind) {
	for i := range t {
		switch c := byte(i); {
		case c <= codePosFixIntMax, c >= codeNegFixInt, c >= codeUint8 && c <= codeInt64:
			t[i] = kindInt
		case isString(c):
			t[i] = kindString
		case c < codeFixArray, c == codeMap16, c == codeMap32:
			t[i] = kindMap
		case c < codeFixStr, c == codeArray16, c == codeArray32:
			t[i] = kindList
		case c == codeNil:
			t[i] = kindNull
		case c == codeFalse, c == codeTrue:
			t[i] = kindBool
		case c == codeFloat32, c == codeFloat64:
			t[i] = kindFloat
		}
	}
	return t
}()

// sizes is how many bytes a value that starts with c has, header and all, where
// c alone says so; 0 where it does not: containers, and strings with a length of
// their own.
var sizes = func() (t [256]uint8) {
	for i := range t {
		switch c := byte(i); {
		case c <= codePosFixIntMax, c >= codeNegFixInt, c == codeNil, c == codeFalse, c == codeTrue:
			t[i] = 1
		case c >= codeFixStr && c < codeNil:
			t[i] = 1 + c - codeFixStr
		case c == codeFloat32, c == codeFloat64:
			t[i] = 1 + 4<<(c-codeFloat32)
		case c >= codeUint8 && c <= codeInt64:
			t[i] = 1 + 1<<((c-codeUint8)&3)
		}
	}
	return t
}()
