// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
)

// post is a message_post as one would read it without this project: with the
// bodies of the messages as values.
type post struct {
	Action  string  `json:"action"  msgpack:"action"`
	Headers headers `json:"headers" msgpack:"headers"`
	Body    struct {
		QueueName string `json:"queue_name" msgpack:"queue_name"`
		Messages  []struct {
			TTL  int64 `json:"ttl"  msgpack:"ttl"`
			Body any   `json:"body" msgpack:"body"`
		} `json:"messages" msgpack:"messages"`
	} `json:"body" msgpack:"body"`
}

// rawPost is post for one who does not look at the bodies, as our server.
type rawPost[R any] struct {
	Action  string  `json:"action"  msgpack:"action"`
	Headers headers `json:"headers" msgpack:"headers"`
	Body    struct {
		QueueName string `json:"queue_name" msgpack:"queue_name"`
		Messages  []struct {
			TTL  int64 `json:"ttl"  msgpack:"ttl"`
			Body R     `json:"body" msgpack:"body"`
		} `json:"messages" msgpack:"messages"`
	} `json:"body" msgpack:"body"`
}

type headers struct {
	ClientID  string `json:"Client-ID"    msgpack:"Client-ID"`
	ProjectID string `json:"X-Project-ID" msgpack:"X-Project-ID"`
}

// aPost is a post of n messages such as services send, as values.
func aPost(n int) map[string]any {
	messages := make([]any, n)
	for i := range messages {
		messages[i] = map[string]any{"ttl": 300 + i, "body": map[string]any{
			"event": "BackupStarted", "id": fmt.Sprintf("7b1f6a2e-97a0-4b9c-8f43-%012d", i),
			"size": i * 4096, "ratio": 0.25, "done": false, "tags": []string{"nightly", "eu-west"},
		}}
	}
	return request("message_post", map[string]any{"queue_name": "fizbit", "messages": messages})
}

func request(action string, body map[string]any) map[string]any {
	return map[string]any{
		"action": action, "body": body,
		"headers": map[string]any{"Client-ID": "7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51", "X-Project-ID": "bench"},
	}
}

// frame writes a request in one of the formats, with codecs that are not ours.
func frame(f wire.Format, request map[string]any) ([]byte, error) {
	var out bytes.Buffer
	write := json.NewEncoder(&out).Encode
	if f == wire.MsgPack {
		e := msgpack.NewEncoder(&out)
		e.SetSortMapKeys(true) // as encoding/json does
		write = e.Encode
	}
	if err := write(request); err != nil {
		return nil, fmt.Errorf("write a frame: %w", err)
	}
	return out.Bytes(), nil
}

// postRows compare reading a post: ours goes through the whole door (every byte
// walked, every rule checked, the echo kept) and into the typed body; theirs into
// structs, with no check at all.
func postRows() ([]row, error) {
	var rows []row
	for _, n := range []int{1, 20} {
		text, err := frame(wire.JSON, aPost(n))
		if err != nil {
			return nil, err
		}
		binary, err := frame(wire.MsgPack, aPost(n))
		if err != nil {
			return nil, err
		}
		ours := func(f wire.Format, frame []byte) func(int) error {
			return timing.Repeat(func() error { return throughTheDoor(f, frame) })
		}
		throughText, throughBinary := ours(wire.JSON, text), ours(wire.MsgPack, binary)

		asJSON := unmarshal[post](json.Unmarshal, text)
		asJSONRaw := unmarshal[rawPost[json.RawMessage]](json.Unmarshal, text)
		asMsgPack := unmarshal[post](msgpack.Unmarshal, binary)
		asMsgPackRaw := unmarshal[rawPost[msgpack.RawMessage]](msgpack.Unmarshal, binary)

		name := func(what string) string { return fmt.Sprintf("post of %d, %s", n, what) }
		rows = append(rows,
			row{name("binary, encoding/json into structs"), throughBinary, asJSON, 3},
			row{name("binary, vmihailenco/msgpack into structs"), throughBinary, asMsgPack, 1.5},
			row{name("text, encoding/json into structs"), throughText, asJSON, 1.2},
			row{name("binary, encoding/json, bodies left raw"), throughBinary, asJSONRaw, 0},
			row{name("binary, vmihailenco/msgpack, bodies left raw"), throughBinary, asMsgPackRaw, 0},
			row{name("text, encoding/json, bodies left raw"), throughText, asJSONRaw, 0},
		)
	}
	return rows, nil
}

func throughTheDoor(f wire.Format, frame []byte) error {
	req := new(wire.Door).Decode(f, frame)
	if req.Refusal != nil {
		return req.Refusal
	}
	return req.Body.Decode(new(wire.MessagePost))
}

func unmarshal[T any](read func([]byte, any) error, frame []byte) func(int) error {
	return timing.Repeat(func() error { return read(frame, new(T)) })
}
