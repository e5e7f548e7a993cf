// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"

	"github.com/tinylib/msgp/msgp"
)

// Format is how a frame is written. A reply takes the format of its request.
type Format int

// The two formats: a WebSocket text frame holds JSON, a binary frame MessagePack.
const (
	JSON Format = iota
	MsgPack
)

// String names the format as people write it.
func (f Format) String() string {
	if f == MsgPack {
		return "MessagePack"
	}
	return "JSON"
}

// Raw is one MessagePack value, walked and left as it came. Nil means absent;
// null is the one byte 0xc0. A Raw from the door shares the memory of its frame.
type Raw []byte //nolint:recvcheck // reading sets it, the rest does not

// IsZero tells whether the value is absent. Null is not.
func (r Raw) IsZero() bool { return len(r) == 0 }

// IsNull tells whether the value is null. An absent value is not.
func (r Raw) IsNull() bool { return len(r) == 1 && r[0] == codeNil }

// Decode reads the value into v.
func (r Raw) Decode(v msgp.Unmarshaler) error {
	if _, err := v.UnmarshalMsg(r); err != nil {
		return fmt.Errorf("decode a value: %w", err)
	}
	return nil
}

// MarshalMsg appends the value to b; an absent one is written as null.
func (r Raw) MarshalMsg(b []byte) ([]byte, error) {
	if len(r) == 0 {
		return append(b, codeNil), nil
	}
	return append(b, r...), nil
}

// UnmarshalMsg takes the first value of b, null included, and returns the bytes
// after it. It keeps a slice of b, no copy, and checks no more than the extent
// of the value: the door has walked it before.
func (r *Raw) UnmarshalMsg(b []byte) ([]byte, error) {
	rest, err := msgp.Skip(b)
	if err != nil {
		return b, fmt.Errorf("take a value: %w", err)
	}
	n := len(b) - len(rest)
	*r = b[:n:n]
	return rest, nil
}

// Msgsize is the number of bytes MarshalMsg appends.
func (r Raw) Msgsize() int { return max(1, len(r)) }
