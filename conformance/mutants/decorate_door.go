// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// The rules of a refusal that faults forget.
const (
	ruleType       = "type"
	ruleMin        = "min"
	ruleMax        = "max"
	ruleMinLen     = "min_len"
	ruleMaxLen     = "max_len"
	rulePattern    = "pattern"
	ruleRequired   = "required"
	ruleMinItems   = "min_items"
	ruleMaxItems   = "max_items"
	ruleMaxBytes   = "max_bytes"
	ruleExactlyOne = "exactly_one"
	ruleInteger    = "integer"
	ruleSurrogate  = "surrogate"
	ruleDuplicate  = "duplicate"
	ruleForeign    = "foreign"
	ruleKey        = "key"
	ruleFinite     = "finite"
)

var inList = regexp.MustCompile(`\[\d+\]`)

// rejected says what a door refuses: an action, at a path with all numbers left out,
// for example "body.messages[].ttl", for one of the rules.
type rejected struct {
	action, path string
	rules        []string
}

func (w rejected) is(r *wire.Refusal, action string) bool {
	return action == w.action && inList.ReplaceAllString(r.Path, "[]") == w.path && slices.Contains(w.rules, r.Rule)
}

// accepting is a door that lets in what it should refuse; repair makes of the body
// what the API can take.
func accepting(w rejected, repair func(body object)) func(ws.Codec) ws.Codec {
	return forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		repair(body)
		return w.is(r, req.Action)
	})
}

// failingOn answers with status 500 what should be refused with status 400.
func failingOn(w rejected) func(api.Doer) api.Doer {
	return replying(func(req *wire.Request, resp *wire.Response) {
		action, _ := valueOf(req.Echo.Action).(string)
		if req.Refusal != nil && w.is(req.Refusal, action) {
			resp.Status = statusInternal
		}
	})
}

// refusing answers a request of the actions for which when is true with the status of
// an error, and does nothing else.
func refusing(status int, when func(req *wire.Request, body object) bool, actions ...string) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if body, ok := valueOf(req.Body).(object); ok && req.Refusal == nil && when(req, body) {
			return failed(req, status)
		}
		return next.Do(ctx, s, req)
	}, actions...)
}

// failed is the response to a request that cannot be done.
func failed(req *wire.Request, status int) *wire.Response {
	text := "That cannot be done."
	return &wire.Response{Status: status, Body: &wire.Fault{Error: &text}, Echo: req.Echo}
}

// done is a response of the status with a body, {} if that is nil.
func done(req *wire.Request, status int, body any) *wire.Response {
	resp := &wire.Response{Status: status, Echo: req.Echo}
	if body != nil {
		resp.Body = rawOf(body)
	}
	return resp
}

// missing replaces the response of the status from, to requests of the actions: with
// an error if to is one, else with the body.
func missing(from, to int, body any, actions ...string) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		switch {
		case resp.Status != from:
			return resp
		case to >= statusBadRequest:
			return failed(req, to)
		}
		return done(req, to, body)
	}, actions...)
}

// ask has another request done for the same client.
func ask(ctx context.Context, s *api.Session, next api.Doer, like *wire.Request, action string, body object) {
	next.Do(ctx, s, &wire.Request{Action: action, Headers: like.Headers, Body: rawOf(body)})
}

// broken stands in the store for a value that cannot be delivered.
const broken = "\x00broken\x00"

// undeliverable stores the messages of a post that has to be refused for the rule,
// and breaks off each reply in which the last of them is.
func undeliverable(of wire.Format, rule string) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{
			Codec: next,
			decode: func(f wire.Format, frame []byte) *wire.Request {
				req := next.Decode(f, frame)
				if f != of || req.Refusal == nil || req.Refusal.Rule != rule {
					return req
				}
				post := looseRead(f, frame)
				body, _ := post["body"].(object)
				messages := messagesOf(body)
				if post["action"] != "message_post" || len(messages) == 0 {
					return req
				}
				messages[len(messages)-1]["body"] = broken
				again := &wire.Request{Action: "message_post", Body: rawOf(body)}
				headers, _ := post["headers"].(object)
				again.Headers.ClientID, _ = headers["Client-ID"].(string)
				again.Headers.ProjectID, _ = headers["X-Project-ID"].(string)
				return again
			},
			encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
				frame, err := next.Encode(f, r)
				mark := []byte(broken)
				if f == wire.JSON {
					mark = []byte(`\u0000broken`)
				}
				if at := bytes.Index(frame, mark); at >= 0 {
					frame = frame[:at]
				}
				return frame, err
			},
		}
	}
}

// looseRead reads a frame as far as it can be read.
func looseRead(f wire.Format, frame []byte) object {
	var v any
	if f == wire.JSON {
		_ = json.Unmarshal(frame, &v) // what cannot be read is no post
	} else {
		v, _, _ = msgp.ReadIntfBytes(frame)
	}
	m, _ := v.(object)
	return m
}

// stats edits what queue_get_stats says of messages.
func stats(edit func(counts object)) func(api.Doer) api.Doer {
	return bodies(statusOK, func(_ *wire.Request, body object) any {
		if counts, ok := body["messages"].(object); ok {
			edit(counts)
		}
		return body
	}, "queue_get_stats")
}
