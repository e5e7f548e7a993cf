// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// A sample is one frame of the protocol, made of the schema's examples.
type sample struct {
	name string
	// text and packed hold the same frame, a pointer to one of the structs of
	// frames.go: with bodies as JSON texts, and as MessagePack values.
	text, packed any
}

// empty returns a new frame of the kind of this one.
func empty(frame any) any { return reflect.New(reflect.TypeOf(frame).Elem()).Interface() }

// samples are what the tables tell of.
func samples() ([]sample, error) {
	model := schema.Model()
	text := texts{model: model}
	frames := []sample{
		{name: "post of 1 message", text: &post{}},
		{name: "post of 20 messages", text: &post{}},
		{name: "claim of 1 message, reply", text: &claimed{}},
		{name: "page of 10 messages, reply", text: &listed{}},
		{name: "notification", text: &notified{}},
		{name: "error, reply", text: &refused{}},
	}
	for i, written := range []string{
		text.post(1), text.post(20), text.reply("claim_create", 0, 1), text.reply("message_list", 0, 10),
		compact(model.Notifications[0].Examples[0]), text.reply("message_post", 1, 0),
	} {
		s := &frames[i]
		if err := json.Unmarshal([]byte(written), s.text); err != nil {
			return nil, fmt.Errorf("read the example of a %s: %w", s.name, err)
		}
		s.packed = empty(s.text)
		if err := json.Unmarshal([]byte(written), s.packed); err != nil {
			return nil, fmt.Errorf("read the example of a %s: %w", s.name, err)
		}
		for _, b := range bodies(s.packed) {
			var err error
			if *b, err = pack(*b); err != nil {
				return nil, fmt.Errorf("pack a body of a %s: %w", s.name, err)
			}
		}
	}
	return frames, nil
}

// texts writes frames as JSON.
type texts struct{ model *schema.Definition }

// post is the schema's first message so many times, each with an id of its own in
// its body: messages that are all alike would compress too well.
func (t texts) post(n int) string {
	messages := make([]string, n)
	for i := range messages {
		messages[i] = fmt.Sprintf(`{"ttl":%d,"body":{"event":"BackupStarted","backup":"%s"}}`, 300+i, id(i))
	}
	return fmt.Sprintf(`{"action":"message_post","headers":%s,"body":{"queue_name":"fizbit","messages":[%s]}}`,
		t.model.Envelope.ExampleHeaders, strings.Join(messages, ","))
}

// reply is an example's, with the echo of its request. For n above 0 the messages
// of its body are n.
func (t texts) reply(action string, example, n int) string {
	a := t.model.Action(action)
	x := a.Examples[example]
	request, body := compact(x.Request), compact(x.Response.Body)
	if n > 0 {
		request = strings.Replace(request, `"limit":1`, fmt.Sprintf(`"limit":%d`, n), 1)
		body = repeated(body, n)
	}
	return fmt.Sprintf(`{"request":{"action":%q,"body":%s,"headers":%s,"api":"v2"},"body":%s,"headers":{"status":%d}}`,
		action, request, t.model.ExampleHeaders(*a), body, x.Response.Status)
}

// compact is a value of the schema without blanks.
func compact(v schema.Value) string {
	var b bytes.Buffer
	_ = json.Compact(&b, v) // the schema holds JSON; what is none is found when it is read
	return b.String()
}

// repeated is a body with its first message n times, each with an id of its own.
func repeated(body string, n int) string {
	const list = `"messages":[`
	before, rest, _ := strings.Cut(body, list)
	first, after, _ := strings.Cut(rest, "]")
	messages := make([]string, n)
	for i := range messages {
		messages[i] = strings.Replace(first, id(0), id(i), 1)
	}
	return before + list + strings.Join(messages, ",") + "]" + strings.Replace(after, id(0), id(n-1), 1)
}

// id is one of a message; that of the examples is the first.
func id(n int) string { return fmt.Sprintf("5b1f3c2e-9d0e-4f7e-8a31-7c5f4e1d2b%02x", 0x90+n) }

// bodies are the bodies of messages in a frame.
func bodies(frame any) []*Raw {
	var all []*Raw
	switch f := frame.(type) {
	case *post:
		for i := range f.Body.Messages {
			all = append(all, &f.Body.Messages[i].Body)
		}
	case *claimed:
		for i := range f.Body.Messages {
			all = append(all, &f.Body.Messages[i].Body)
		}
	case *listed:
		for i := range f.Body.Messages {
			all = append(all, &f.Body.Messages[i].Body)
		}
	case *refused:
		for i := range f.Request.Body.Messages {
			all = append(all, &f.Request.Body.Messages[i].Body)
		}
	case *notified:
		all = append(all, &f.Body)
	}
	return all
}

// pack turns a JSON text into MessagePack, through the door of the server.
func pack(text Raw) (Raw, error) {
	var p wire.MessagePost
	body, err := new(wire.Door).Body("message_post", fmt.Appendf(nil, `{"queue_name":"q","messages":[{"body":%s}]}`, text))
	if err != nil {
		return nil, fmt.Errorf("read a post: %w", err)
	}
	if err := body.Decode(&p); err != nil {
		return nil, fmt.Errorf("read a post: %w", err)
	}
	if len(p.Messages) != 1 {
		return nil, errors.New("one message went in, and another number came out")
	}
	return Raw(p.Messages[0].Body), nil
}
