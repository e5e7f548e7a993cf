// SPDX-License-Identifier: Apache-2.0

package main

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/hamba/avro/v2"
	"github.com/tinylib/msgp/msgp"
	"google.golang.org/protobuf/proto"
)

// An encoding turns frames into bytes and back.
type encoding struct {
	name string
	// of returns how a frame is written and read.
	of func(s sample) (codec, error)
}

// A codec writes and reads one frame. What is made ready once, such as the structs
// that a library generates, is no part of writing.
type codec struct {
	write func() ([]byte, error)
	// read reads all of a frame, into what a program would hold it in.
	read func([]byte) (any, error)
	// plain turns what was read into the struct of frames.go.
	plain func(read any) (any, error)
	// frame is what read is given where the codec does not write.
	frame []byte
}

// encodings are the columns of the tables; the first is what speeds are told in.
func encodings() []encoding {
	return []encoding{
		{"JSON", jsonCodec},
		{"MessagePack", msgpackCodec},
		{"Protobuf", protobufCodec},
		{"Avro", avroCodec},
		{"Cap'n Proto", capnpCodec(false)},
		{"Cap'n Proto, packed", capnpCodec(true)},
	}
}

func same(read any) (any, error) { return read, nil }

func jsonCodec(s sample) (codec, error) {
	return codec{
		write: func() ([]byte, error) { return json.Marshal(s.text) },
		read: func(b []byte) (any, error) {
			f := empty(s.text)
			return f, json.Unmarshal(b, f)
		},
		plain: same,
	}, nil
}

func msgpackCodec(s sample) (codec, error) {
	m, ok := s.packed.(msgp.Marshaler)
	if !ok {
		return codec{}, fmt.Errorf("%T has no MessagePack code", s.packed)
	}
	return codec{
		write: func() ([]byte, error) { return m.MarshalMsg(nil) },
		read: func(b []byte) (any, error) {
			f := empty(s.packed)
			if _, err := f.(msgp.Unmarshaler).UnmarshalMsg(b); err != nil { //nolint:forcetypeassert // what is written so is read so
				return nil, fmt.Errorf("read MessagePack: %w", err)
			}
			return f, nil
		},
		plain: same,
	}, nil
}

func protobufCodec(s sample) (codec, error) {
	m, err := toProtobuf(s.packed)
	if err != nil {
		return codec{}, err
	}
	return codec{
		write: func() ([]byte, error) { return proto.Marshal(m) },
		read: func(b []byte) (any, error) {
			f := m.ProtoReflect().New().Interface()
			return f, proto.Unmarshal(b, f)
		},
		plain: fromProtobuf,
	}, nil
}

//go:embed zaqar.avsc
var avroSchema string

// avroCodec puts before each frame the number of its record, which is how Avro
// writes a union: raw Avro does not say what it is.
func avroCodec(s sample) (codec, error) {
	union, err := avro.Parse(avroSchema)
	if err != nil {
		return codec{}, fmt.Errorf("read zaqar.avsc: %w", err)
	}
	name := map[string]string{
		"*main.post": "Post", "*main.claimed": "Claimed", "*main.listed": "Listed",
		"*main.refused": "Refused", "*main.notified": "Notified",
	}[fmt.Sprintf("%T", s.packed)]
	record, number := union.(*avro.UnionSchema).Types().Get(name) //nolint:forcetypeassert // the file holds a list
	if record == nil {
		return codec{}, fmt.Errorf("zaqar.avsc has no record %q", name)
	}
	return codec{
		write: func() ([]byte, error) {
			b, err := avro.Marshal(record, s.packed)
			return append([]byte{byte(2 * number)}, b...), err
		},
		read: func(b []byte) (any, error) {
			if len(b) == 0 || b[0] != byte(2*number) {
				return nil, fmt.Errorf("%x is not a %s", b, name)
			}
			f := empty(s.packed)
			return f, avro.Unmarshal(record, b[1:], f)
		},
		plain: withImplied,
	}, nil
}

// withImplied adds the words that follow from which frame it is: encodings with a
// schema do not carry them.
func withImplied(frame any) (any, error) {
	switch f := frame.(type) {
	case *post:
		f.Action = "message_post"
	case *claimed:
		f.Request.Action, f.Request.API = "claim_create", "v2"
	case *listed:
		f.Request.Action, f.Request.API = "message_list", "v2"
	case *refused:
		f.Request.Action, f.Request.API = "message_post", "v2"
	case *notified:
		f.MessageType = "Notification"
	default:
		return nil, fmt.Errorf("%T is no frame", frame)
	}
	return frame, nil
}
