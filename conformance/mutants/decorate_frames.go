// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// repairing is a door that mends a message which it has to refuse, and reads it again.
func repairing(format wire.Format, mend func(frame []byte) []byte) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if f != format || req.Refusal == nil {
				return req
			}
			if again := next.Decode(f, mend(bytes.Clone(frame))); again.Refusal == nil {
				return again
			}
			return req
		}}
	}
}

// choosy is a door that refuses what it should let through.
func choosy(bad func(req *wire.Request, f wire.Format, frame []byte) bool) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if req.Refusal == nil && bad(req, f, frame) {
				return &wire.Request{Echo: req.Echo, Refusal: &wire.Refusal{Text: "is not to this server's taste"}}
			}
			return req
		}}
	}
}

// refusedWith answers what is refused with another status than 400, where is says so.
func refusedWith(status int, is func(r *wire.Refusal, echo wire.Echo) bool) func(api.Doer) api.Doer {
	return replying(func(req *wire.Request, resp *wire.Response) {
		if req.Refusal != nil && is(req.Refusal, req.Echo) {
			resp.Status = status
		}
	})
}

// keysOf are the keys of a message's map.
func keysOf(f wire.Format, frame []byte) []string {
	var keys []string
	if f == wire.JSON {
		var m map[string]json.RawMessage
		_ = json.Unmarshal(frame, &m) // no map has no keys
		for k := range m {
			keys = append(keys, k)
		}
		return keys
	}
	m, _ := valueOf(wire.Raw(frame)).(object)
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

// unreadable says whether an echo is that of a message which could not be decoded, or
// was no map.
func unreadable(e wire.Echo) bool { return e.Action.IsZero() && e.Body.IsZero() && e.Headers.IsZero() }

// envelope edits replies as they are about to be written.
func envelope(edit func(reply object)) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
			frame, err := next.Encode(wire.MsgPack, r)
			if err != nil {
				return nil, err
			}
			reply, _ := valueOf(wire.Raw(frame)).(object)
			edit(reply)
			if f == wire.MsgPack {
				return rawOf(reply), nil
			}
			return json.Marshal(plain(reply))
		}}
	}
}

// plain is a value as encoding/json has to get it, so that a float stays one.
func plain(v any) any {
	switch v := v.(type) {
	case object:
		m := object{}
		for k, e := range v {
			m[k] = plain(e)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case float32:
		return plain(float64(v))
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return json.Number(text)
	}
	return v
}

// deaf is a connection that hears nothing more after some message.
type deaf struct {
	ws.Conn

	bad  func(f wire.Format, frame []byte) bool
	deaf bool
}

// deafAfter makes connections that fall silent when bad says so: that message and all
// that follow are read and never answered, as by Zaqar's own after a failure.
func deafAfter(bad func(f wire.Format, frame []byte) bool) func(ws.Conn) ws.Conn {
	return func(next ws.Conn) ws.Conn { return &deaf{Conn: next, bad: bad} }
}

func (d *deaf) Read(ctx context.Context) (websocket.MessageType, []byte, error) {
	for {
		kind, frame, err := d.Conn.Read(ctx)
		if err != nil {
			return kind, frame, err
		}
		d.deaf = d.deaf || d.bad(formatOf(kind), frame)
		if !d.deaf {
			return kind, frame, nil
		}
	}
}

// asked is what a message asks for, as far as the door can tell.
func asked(f wire.Format, frame []byte) wire.Echo { return new(wire.Door).Decode(f, frame).Echo }

func formatOf(kind websocket.MessageType) wire.Format {
	if kind == websocket.MessageText {
		return wire.JSON
	}
	return wire.MsgPack
}

// shaking changes opening handshakes: what a client asks for, before the server sees
// it, and the headers of the answer, before the client does. Either may be nil.
func shaking(ask func(r *http.Request), answer func(r *http.Request, status int, h http.Header)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			first := r.Clone(r.Context())
			if ask != nil {
				ask(r)
			}
			if answer != nil {
				w = &answering{wired{ResponseWriter: w}, func(status int) { answer(first, status, w.Header()) }}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// answering is a ResponseWriter whose headers are changed at the last moment.
type answering struct {
	wired

	change func(status int)
}

func (a *answering) WriteHeader(status int) {
	a.change(status)
	a.ResponseWriter.WriteHeader(status)
}
