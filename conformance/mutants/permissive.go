// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

// permissive follows no SHOULD that a URL can show, and takes every MAY the other way
// than the reference server does.
var permissive = Mutant{
	Name:    "permissive",
	Does:    "follows no SHOULD, and takes every MAY the other way",
	Control: firstPoolGetsAllQueues.Control, // POL-31
	Store:   func(next store.Data) store.Data { return newestFirst{permissiveStore{&reborn{burying{Data: next}}}} },
	API: chain(
		permissiveAuth, permissiveQueues, permissiveMessages, permissiveClaims, permissiveSubscriptions, permissivePools,
		permissiveSigned, permissiveReplies,
	),
	Codec: chain(permissiveValues, permissiveDoor, permissiveEcho),
	Conn:  func(next ws.Conn) ws.Conn { return &polite{Conn: terse{next}, wait: 2 * time.Millisecond} }, // SUB-47
	Front: anyOrigin,
	// It takes what cannot be sent (SUB-64, SUB-65, SUB-89), asks no webhook twice (SUB-85, SUB-88), and
	// reads all that one answers (SUB-75).
	Elsewhere: chain(unchecked(spec.SUB64, spec.SUB65, spec.SUB89), withdrawalIsNotTold.Elsewhere, webhookIsAskedOnce.Elsewhere),
	Post:      webhookAnswerIsReadToTheEnd.Post,
}

// terse closes without saying why (FRM-17, FRM-20), but where a token has ended.
type terse struct{ ws.Conn }

func (c terse) Close(code websocket.StatusCode, _ string) error {
	if code != tokenEnded {
		code = websocket.StatusNormalClosure
	}
	return c.Conn.Close(code, "")
}

// anyOrigin lets every browser in (FRM-9), chooses no subprotocol (FRM-3), refuses a
// plain request as it likes (FRM-8), sends it to where it asks (FRM-80), and takes what is not quite an opening handshake
// for one (FRM-75).
func anyOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Origin")
		r.Header.Del("Sec-WebSocket-Protocol")
		if r.Header.Get("Upgrade") == "" && r.Header.Get("Sec-WebSocket-Key") == "" {
			if place := r.URL.Query().Get("redirect"); place != "" {
				http.Redirect(w, r, place, http.StatusSeeOther) //nolint:gosec // that is the fault
				return
			}
			http.Error(w, "no", http.StatusNotFound)
			return
		}
		r.Method, r.Proto, r.ProtoMajor, r.ProtoMinor = http.MethodGet, "HTTP/1.1", 1, 1
		r.Header.Set("Upgrade", "websocket")
		r.Header.Set("Connection", "Upgrade")
		next.ServeHTTP(w, r)
	})
}

var surrogate = regexp.MustCompile(`\\u[dD][89a-fA-F][0-9a-fA-F]{2}`)

// permissiveValues takes values that JSON or the protocol does not have, where nothing
// is stored (FRM-50): it reads something else in their place.
func permissiveValues(next ws.Codec) ws.Codec {
	listing := func(mend func([]byte) []byte) func([]byte) []byte {
		return func(frame []byte) []byte {
			if !bytes.Contains(frame, []byte("queue_list")) {
				return frame
			}
			return mend(frame)
		}
	}
	return chain(
		repairing(wire.JSON, listing(func(frame []byte) []byte { return surrogate.ReplaceAll(frame, []byte("?")) })),
		repairing(wire.MsgPack, listing(func(frame []byte) []byte {
			return retoken(frame, func(t token) []byte {
				v, _, err := msgp.ReadIntfBytes(t.raw)
				_, text := v.([]byte)
				f, float := v.(float64)
				foreign := err == nil && msgp.NextType(t.raw) == msgp.ExtensionType
				if !t.over && t.top == "odd" && (text || foreign || float && (math.IsNaN(f) || math.IsInf(f, 0))) {
					return msgp.AppendNil(nil)
				}
				return t.raw
			})
		})),
	)(next)
}

// permissiveDoor lets in what a server only SHOULD refuse.
func permissiveDoor(next ws.Codec) ws.Codec {
	return forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		if metadata := metadataOf(body); metadata != nil && r.Path == "body.metadata._max_claim_count" { // null, or none (QUE-43)
			n, count := metadata["_max_claim_count"].(int64)
			nothing := metadata["_max_claim_count"] == nil || count && n < 1
			delete(metadata, "_max_claim_count")
			return nothing
		}
		switch r.Req {
		case "FRM-59": // another api
			return true
		case "FRM-67", "FRM-69": // a Client-ID that is no UUID, a project too long
			headers, _ := valueOf(req.Echo.Headers).(object)
			_, text := headers["X-Project-ID"].(string)
			return text && req.Headers.ClientID != ""
		case "FRM-71": // headers in another case
			return true
		case "QUE-3": // a name that no queue can have
			_, text := body["queue_name"].(string)
			return text
		case "QUE-7": // metadata that is null or an empty list (QUE-8)
			list, is := body["metadata"].([]any)
			nothing := body["metadata"] == nil || is && len(list) == 0
			body["metadata"] = object{}
			return nothing
		case "QUE-42": // a dead-letter queue that no queue can be named
			delete(metadataOf(body), "_dead_letter_queue")
			return true
		case "QUE-52": // a patch of many operations
			return r.Path == "body.patch"
		case "QUE-38": // an unknown resource type
			delete(body, "resource_types")
			return true
		case "MSG-38": // ids that are numbers (MSG-39)
			ids, list := body["message_ids"].([]any)
			for i, id := range ids {
				switch id.(type) {
				case int64, uint64, float64, bool:
					ids[i] = "0"
				}
			}
			return list && !slices.ContainsFunc(ids, func(id any) bool { _, text := id.(string); return !text })
		case "MSG-51": // an empty list of claims
			ids, list := body["claim_ids"].([]any)
			delete(body, "claim_ids")
			return list && len(ids) == 0
		}
		return false
	})(next)
}

// permissiveEcho repeats credentials (FRM-33), which it reads from the frame itself,
// and takes headers that are empty and no map for none (FRM-83).
func permissiveEcho(next ws.Codec) ws.Codec {
	return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
		req := next.Decode(f, frame)
		headers, ok := valueOf(req.Echo.Headers).(object)
		for _, secret := range []string{"X-Auth-Token", "URL-Signature"} {
			if ok && strings.Contains(string(frame), secret) {
				headers[secret] = "secret"
				req.Echo.Headers = rawOf(headers)
			}
		}
		v := valueOf(req.Echo.Headers)
		if list, is := v.([]any); is && len(list) == 0 || v == "" || v == int64(0) || v == false {
			req.Echo.Headers = rawOf(object{})
		}
		return req
	}}
}

// permissiveReplies say as little as they may in errors (FRM-36), and something where
// nothing is due (FRM-38).
func permissiveReplies(next api.Doer) api.Doer {
	return replying(func(_ *wire.Request, resp *wire.Response) {
		switch {
		case resp.Status >= statusBadRequest:
			resp.Body = rawOf(object{"exception": "E"})
		case resp.Status == statusNoContent:
			resp.Body = rawOf([]any{"done", nil})
		}
	})(next)
}

// permissiveStore lists queues from the last to the first (QUE-23), takes claimed
// messages with a purge (QUE-36), and gives what it moves another id (CLM-37).
type permissiveStore struct{ store.Data }

func (s permissiveStore) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	all, err := s.Data.ListQueues(ctx, project, store.Page{Batch: store.Batch{Limit: 100_000}})
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	if at := slices.IndexFunc(all, func(q store.QueueInfo) bool { return q.Name == p.Marker }); at >= 0 {
		all = all[at+1:]
	}
	return all[:min(len(all), p.Limit)], nil
}

func (s permissiveStore) PurgeMessages(ctx context.Context, q store.Queue) error {
	all, err := s.ListMessages(ctx, q, store.Filter{Claimed: true}, store.Page{Batch: store.Batch{Limit: 100_000}})
	if err != nil {
		return nil //nolint:nilerr // without the queue there is nothing to purge
	}
	for _, m := range all {
		var claim *string
		if m.ClaimID != "" {
			claim = &m.ClaimID
		}
		if err := s.DeleteMessage(ctx, q, m.ID, claim); err != nil {
			return err
		}
	}
	return nil
}
