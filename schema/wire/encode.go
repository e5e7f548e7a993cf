// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"math"

	"github.com/tinylib/msgp/msgp"
)

// apiVersion is the protocol's version, in every reply.
const apiVersion = "v2"

// Encode writes one reply: a map of request, body and headers (FRM-29). It fails
// only when the response's body does not marshal, or marshals to something
// outside of the value space.
func (d *Door) Encode(f Format, r *Response) ([]byte, error) {
	return d.AppendReply(make([]byte, 0, r.size()), f, r)
}

// AppendReply is Encode into dst, which grows where it must. A MessagePack reply
// into a dst with room enough allocates nothing.
func (d *Door) AppendReply(dst []byte, f Format, r *Response) ([]byte, error) {
	if f == MsgPack {
		return appendReply(dst, r)
	}
	reply, err := appendReply(make([]byte, 0, r.size()), r)
	if err != nil {
		return dst, err
	}
	return appendJSON(dst, reply), nil
}

// Notify writes one message that nobody asked for. It fails as Encode does.
func (d *Door) Notify(f Format, n msgp.Marshaler) ([]byte, error) {
	b, err := appendBody(nil, n)
	if err != nil || f == MsgPack {
		return b, err
	}
	return appendJSON(nil, b), nil
}

// size is about how long the reply is, in bytes.
func (r *Response) size() int {
	n := 64 + len(r.Echo.Action) + len(r.Echo.Body) + len(r.Echo.Headers)
	if s, ok := r.Body.(msgp.Sizer); ok {
		n += s.Msgsize()
	}
	return n
}

func appendReply(b []byte, r *Response) ([]byte, error) {
	b = append(b, codeFixMap|3)
	b = msgp.AppendString(b, "request")
	b = appendEcho(b, &r.Echo)
	b = msgp.AppendString(b, "body")
	b, err := appendBody(b, r.Body)
	if err != nil {
		return b, err
	}
	b = msgp.AppendString(b, "headers")
	b = append(b, codeFixMap|1)
	b = msgp.AppendString(b, "status")
	return msgp.AppendUint64(b, uint64(r.Status)), nil
}

func appendEcho(b []byte, e *Echo) []byte {
	b = append(b, codeFixMap|4)
	b = msgp.AppendString(b, "action")
	b = appendOr(b, e.Action, codeNil)
	b = msgp.AppendString(b, "body")
	b = appendOr(b, e.Body, codeFixMap)
	b = msgp.AppendString(b, "headers")
	b = appendOr(b, e.Headers, codeFixMap)
	b = msgp.AppendString(b, "api")
	return msgp.AppendString(b, apiVersion)
}

// appendOr appends the value, or the one byte that stands for an absent one.
func appendOr(b []byte, v Raw, absent byte) []byte {
	if v.IsZero() {
		return append(b, absent)
	}
	return append(b, v...)
}

// appendBody appends the body, and walks what it wrote: a reply is as strict as
// a request (FRM-28).
func appendBody(b []byte, body msgp.Marshaler) ([]byte, error) {
	if body == nil {
		return append(b, codeFixMap), nil
	}
	start := len(b)
	b, err := body.MarshalMsg(b)
	if err != nil {
		return b, fmt.Errorf("write a body: %w", err)
	}
	if _, r := walk(b[start:], math.MaxInt); r != nil {
		return b, fmt.Errorf("write a body: %w", r)
	}
	return b, nil
}
