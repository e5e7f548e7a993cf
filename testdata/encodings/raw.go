// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"

	"github.com/tinylib/msgp/msgp"
)

// Raw is the body of a message as the encoding at hand carries it: a JSON text in
// JSON, one MessagePack value in all others. Like the server, no codec looks at it.
type Raw []byte //nolint:recvcheck // reading sets it, the rest does not

// MarshalJSON returns the text.
func (r Raw) MarshalJSON() ([]byte, error) { return r, nil }

// UnmarshalJSON keeps the text.
func (r *Raw) UnmarshalJSON(text []byte) error { //nolint:unparam // encoding/json wants it
	*r = slices.Clone(text)
	return nil
}

// MarshalMsg appends the value.
func (r Raw) MarshalMsg(b []byte) ([]byte, error) { //nolint:unparam // msgp wants it
	return append(b, r...), nil
}

// UnmarshalMsg keeps the first value of b, and returns what follows it.
func (r *Raw) UnmarshalMsg(b []byte) ([]byte, error) {
	rest, err := msgp.Skip(b)
	if err != nil {
		return b, fmt.Errorf("skip a body: %w", err)
	}
	*r = slices.Clone(b[:len(b)-len(rest)])
	return rest, nil
}

// Msgsize is the number of bytes that MarshalMsg appends.
func (r Raw) Msgsize() int { return len(r) }
