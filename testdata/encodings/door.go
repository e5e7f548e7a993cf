// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// doors are the reference server's own way in and out. It reads requests and
// writes replies, never the other way round; reading walks each byte, checks each
// rule of the schema and keeps the echo, writing repeats the echo.
func doors() []encoding {
	return []encoding{
		{"the server, JSON", doorCodec(wire.JSON)},
		{"the server, MessagePack", doorCodec(wire.MsgPack)},
	}
}

func doorCodec(f wire.Format) func(sample) (codec, error) {
	return func(s sample) (codec, error) {
		if _, ok := s.packed.(*post); ok {
			return readsPost(f, s)
		}
		return writesReply(f, s)
	}
}

func readsPost(f wire.Format, s sample) (codec, error) {
	frame, err := written(f, s)
	return codec{frame: frame, read: func(b []byte) (any, error) {
		req := new(wire.Door).Decode(f, b)
		if req.Refusal != nil {
			return nil, req.Refusal
		}
		p := new(wire.MessagePost)
		return p, req.Body.Decode(p)
	}}, err
}

// written is a frame as a client writes it.
func written(f wire.Format, s sample) ([]byte, error) {
	of := jsonCodec
	if f == wire.MsgPack {
		of = msgpackCodec
	}
	c, err := of(s)
	if err != nil {
		return nil, err
	}
	return c.write()
}

func writesReply(f wire.Format, s sample) (codec, error) {
	door := new(wire.Door)
	switch frame := s.packed.(type) {
	case *notified:
		n, err := through(frame, new(wire.Notification))
		return codec{write: func() ([]byte, error) { return door.Notify(f, n) }}, err
	case *claimed:
		body, err := through(&frame.Body, new(wire.NewClaim))
		return replying(door, f, frame.Headers, &frame.Request, body, err)
	case *listed:
		body, err := through(&frame.Body, new(wire.MessagePage))
		return replying(door, f, frame.Headers, &frame.Request, body, err)
	case *refused:
		body, err := through(&frame.Body, new(wire.Fault))
		return replying(door, f, frame.Headers, &frame.Request, body, err)
	}
	return codec{}, fmt.Errorf("%T is no reply", s.packed)
}

// replying is a codec that writes a reply; asked is the request as it is echoed.
func replying(door *wire.Door, f wire.Format, went howItWent, asked, body msgp.Marshaler, err error) (codec, error) {
	if err != nil {
		return codec{}, err
	}
	frame, err := asked.MarshalMsg(nil)
	if err != nil {
		return codec{}, fmt.Errorf("write a request: %w", err)
	}
	reply := &wire.Response{Status: int(went.Status), Body: body, Echo: door.Decode(wire.MsgPack, frame).Echo}
	if reply.Echo.Action.IsZero() {
		return codec{}, errors.New("the request of an example cannot be read")
	}
	return codec{write: func() ([]byte, error) { return door.Encode(f, reply) }}, nil
}

// through turns a struct of frames.go into the server's own.
func through[T msgp.Unmarshaler](from msgp.Marshaler, to T) (T, error) {
	b, err := from.MarshalMsg(nil)
	if err != nil {
		return to, fmt.Errorf("write %T: %w", from, err)
	}
	if _, err := to.UnmarshalMsg(b); err != nil {
		return to, fmt.Errorf("read %T: %w", to, err)
	}
	return to, nil
}
