// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"math"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// The statuses that faults mix up.
const (
	statusOK           = 200
	statusCreated      = 201
	statusNoContent    = 204
	statusBadRequest   = 400
	statusUnauthorized = 401
	statusForbidden    = 403
	statusNotFound     = 404
	statusConflict     = 409
	statusUnavailable  = 503
	statusInternal     = 500
)

// object is a map of the protocol, as decoded: integers are int64, or uint64 above
// the largest of those.
type object = map[string]any

// doer is an API whose Do is replaced.
type doer struct {
	api.Doer

	do func(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response
}

func (d doer) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	return d.do(ctx, s, req)
}

// around replaces Do; it may call next, as often as it likes. Actions are those it
// is for, all if there is none; a refused request has none.
func around(
	do func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response, actions ...string,
) func(api.Doer) api.Doer {
	return func(next api.Doer) api.Doer {
		return doer{next, func(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
			if len(actions) > 0 && !slices.Contains(actions, req.Action) {
				return next.Do(ctx, s, req)
			}
			return do(ctx, s, req, next)
		}}
	}
}

// replying edits each response to the actions; to all and to refused requests if none
// is named.
func replying(edit func(req *wire.Request, resp *wire.Response), actions ...string) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		edit(req, resp)
		return resp
	}, actions...)
}

// status replaces one status of the actions with another; the body stays.
func status(from, to int, actions ...string) func(api.Doer) api.Doer {
	return replying(func(_ *wire.Request, resp *wire.Response) {
		if resp.Status == from {
			resp.Status = to
		}
	}, actions...)
}

// bodies edits the body of each response of the actions that has the status. What it
// returns is the new body, any value of the protocol.
func bodies(status int, edit func(req *wire.Request, body object) any, actions ...string) func(api.Doer) api.Doer {
	return replying(func(req *wire.Request, resp *wire.Response) {
		if resp.Status == status {
			body, _ := valueOf(resp.Body).(object)
			resp.Body = rawOf(edit(req, body))
		}
	}, actions...)
}

// requesting edits each request to the actions before it is answered. The body comes
// decoded, and is encoded again; what the door checked is not checked again, and who may
// name which project was settled before. What anyone may ask for is left as it is.
func requesting(edit func(req *wire.Request, body object), actions ...string) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if req.Refusal != nil || req.Access == wire.Anyone {
			return next.Do(ctx, s, req)
		}
		body, _ := valueOf(req.Body).(object)
		came := req.Headers.ProjectID
		edit(req, body)
		req.Body = rawOf(body)
		if s.Project != came {
			return next.Do(ctx, s, req)
		}
		s.Project = req.Headers.ProjectID
		resp := next.Do(ctx, s, req)
		s.Project = came
		return resp
	}, actions...)
}

// codec is one whose methods are replaced; nil ones are as they were.
type codec struct {
	ws.Codec

	decode func(f wire.Format, frame []byte) *wire.Request
	encode func(f wire.Format, r *wire.Response) ([]byte, error)
}

func (c codec) Decode(f wire.Format, frame []byte) *wire.Request {
	if c.decode != nil {
		return c.decode(f, frame)
	}
	return c.Codec.Decode(f, frame)
}

func (c codec) Encode(f wire.Format, r *wire.Response) ([]byte, error) {
	if c.encode != nil {
		return c.encode(f, r)
	}
	return c.Codec.Encode(f, r)
}

// forgiving is a door that lets through what pass says, of the requests that are
// refused: pass gets the request with Action, Headers and Body put back as they came,
// repairs what the API cannot take, and says whether to let it through.
func forgiving(pass func(r *wire.Refusal, req *wire.Request, body object) bool) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if req.Refusal == nil {
				return req
			}
			again, body := asCame(req)
			if !pass(req.Refusal, again, body) {
				return req
			}
			again.Body = rawOf(body)
			return again
		}}
	}
}

// asCame is a refused request with Action, Headers and Body put back as they came.
func asCame(req *wire.Request) (*wire.Request, object) {
	again := &wire.Request{Echo: req.Echo}
	again.Action, _ = valueOf(req.Echo.Action).(string)
	if again.Action == authenticate {
		again.Access = wire.Anyone
	}
	headers, _ := valueOf(req.Echo.Headers).(object)
	again.Headers.ClientID, _ = headers["Client-ID"].(string)
	again.Headers.ProjectID, _ = headers["X-Project-ID"].(string)
	body, _ := valueOf(req.Echo.Body).(object)
	if body == nil {
		body = object{}
	}
	return again, body
}

// valueOf decodes what marshals to one value; nil is {}.
func valueOf(m msgp.Marshaler) any {
	if m == nil {
		return object{}
	}
	raw, err := m.MarshalMsg(nil)
	if err != nil || len(raw) == 0 {
		return nil
	}
	v, _, err := msgp.ReadIntfBytes(raw)
	if err != nil {
		return nil
	}
	return signed(v)
}

// signed is a value with int64 for each integer that fits.
func signed(v any) any {
	return eachLeaf(v, func(v any) any {
		if n, ok := v.(uint64); ok && n <= math.MaxInt64 {
			return int64(n)
		}
		return v
	})
}

// eachLeaf edits what is neither map nor list, in place, and returns the whole.
func eachLeaf(v any, edit func(any) any) any {
	switch v := v.(type) {
	case object:
		for k, e := range v {
			v[k] = eachLeaf(e, edit)
		}
		return v
	case []any:
		for i, e := range v {
			v[i] = eachLeaf(e, edit)
		}
		return v
	}
	return edit(v)
}

// rawOf encodes a value of the protocol.
func rawOf(v any) wire.Raw {
	raw, err := msgp.AppendIntf(nil, v)
	if err != nil {
		return nil // written as null: as wrong as any fault
	}
	return raw
}

// messagesOf are the messages of a body, to be edited in place.
func messagesOf(body object) []object {
	list, _ := body["messages"].([]any)
	var all []object
	for _, m := range list {
		if m, ok := m.(object); ok {
			all = append(all, m)
		}
	}
	return all
}
