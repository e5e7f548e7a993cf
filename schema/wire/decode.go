// SPDX-License-Identifier: Apache-2.0

package wire

// Decode reads one frame. It is total: a bad frame is a Request with a Refusal.
func (d *Door) Decode(f Format, frame []byte) *Request {
	return &Request{Refusal: &Refusal{Text: "not yet"}}
}
