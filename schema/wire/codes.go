// SPDX-License-Identifier: Apache-2.0

package wire

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
