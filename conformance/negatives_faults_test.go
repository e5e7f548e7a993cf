// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tinylib/msgp/msgp"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

// A case made from the schema can fail: each of these servers accepts one value that
// breaks a rule, or does something although it refuses, and the case of that rule says
// so under the rule's own sentence.
func TestGeneratedCasesFailWhereTheirRuleIsBroken(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		server refserver.Options
		want   string // the case
	}{
		"a limit of another type is passed over":           {letThrough("claim_create", "body.limit", "type"), "FRM-57/claim-create-limit"},
		"null stands for false":                            {letThrough("queue_list", "body.detailed", "type"), "FRM-57/queue-list-detailed"},
		"a required field may be absent":                   {letThrough("message_get", "body.message_id", "required"), "FRM-56/message-get"},
		"a bad name is that of no queue":                   {letThrough("claim_get", "body.queue_name", "pattern"), "QUE-3/claim-get"},
		"a name that is too long is that of no queue":      {letThrough("queue_purge", "body.queue_name", "max_len"), "QUE-3/queue-purge"},
		"a resource type that nobody knows is passed over": {letThrough("queue_purge", "body.resource_types[0]", "enum"), "QUE-38/queue-purge-resource-types"},
		"only the first resource type is looked at":        {letThrough("queue_purge", "body.resource_types[1]", "enum"), "QUE-38/queue-purge-resource-types"},
		"claims that are no strings are passed over":       {letThrough("message_delete_many", "body.claim_ids[0]", "type"), "MSG-55/message-delete-many-claim-ids"},
		"claims are not counted":                           {letThrough("message_delete_many", "body.claim_ids", "max_items"), "MSG-55/too-many-claims"},
		"the byte c1 is null":                              {reading("\xc1", "\xc0"), "FRM-44/in-the-fields-of-message-post"},
		"a list of 4 GiB is an empty one":                  {reading("\xdd\xff\xff\xff\xff", "\x90"), "FRM-44/in-the-fields-of-message-post"},
		"a string that is not UTF-8 is mended":             {reading("\xa1\xff", "\xa1?"), "FRM-46/in-the-fields-of-message-post"},
		"a header that is not UTF-8 is mended":             {reading("\xa1\xff", "\xa1?"), "FRM-46/in-the-headers"},
		"a ttl that is an extension is passed over":        {reading("\xc7\x01\x051", "\xce\x00\x00\x0e\x10"), "MSG-7/bytes-and-extensions"},
		"a refused post stores a message":                  {actingAll("message_post", object{"messages": L{object{"body": "odd"}}}), "FRM-57/message-post-queue-name"},
		"a refused update renews the claim":                {actingAll("claim_update", object{"ttl": int64(61)}), "FRM-57/claim-update-grace"},
		"a refused purge purges":                           {actingAll("queue_purge", object{}), "FRM-57/queue-purge-resource-types"},
		"a refused queue is made":                          {actingAll("queue_create", object{}), "FRM-57/queue-create-queue-name"},
		"the longest lease is refused":                     {refserver.Options{Limits: wire.Limits{MaxClaimTTL: 43199}}, "CLM-22/examples-and-bounds"},
		"a refusal says nothing":                           {tightLipped(), "FRM-36/each-field"},
		"a refusal names no bound":                         {tightLipped(), "FRM-36/each-upper-bound"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, err := refserver.New(tc.server)
			if err != nil {
				t.Fatal(err)
			}
			front := httptest.NewServer(server)
			t.Cleanup(front.Close)

			requirement, _, _ := strings.Cut(tc.want, "/")
			rec, id := new(recorder), spec.ID(requirement)
			o := Options{Target: Target{URL: "ws" + strings.TrimPrefix(front.URL, "http")}, Cases: []string{tc.want}}
			if _, err := executeCases(t.Context(), Cases(), o, rec, inOrder); err != nil {
				t.Fatal(err)
			}
			judged := 0
			for _, c := range rec.judged {
				if c.Case != tc.want {
					continue // it is chosen since its name begins with the other's
				}
				judged++
				if f := c.Failure; f == nil || f.Requirement != id || f.Setup {
					t.Errorf("it does not fail under %s:\n%s", id, c)
				}
			}
			if judged == 0 {
				t.Error("the case was not judged")
			}
		})
	}
}

// object is a map of the protocol as the server's library decodes it.
type object = map[string]any

// door is the server's codec with another way to decode.
type door struct {
	ws.Codec
	decode func(f wire.Format, frame []byte) *wire.Request
}

func (d door) Decode(f wire.Format, frame []byte) *wire.Request { return d.decode(f, frame) }

// letThrough is a server that leaves a field out when it breaks one rule, instead of
// refusing it.
func letThrough(action, path, rule string) refserver.Options {
	return refserver.Options{WrapCodec: func(next ws.Codec) ws.Codec {
		return door{next, func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if r := req.Refusal; r == nil || r.Path != path || r.Rule != rule || decoded(req.Echo.Action) != action {
				return req
			}
			field, _, _ := strings.Cut(strings.TrimPrefix(path, "body."), "[")
			body, _ := decoded(req.Echo.Body).(object)
			delete(body, field)
			return accepted(req, action, body)
		}}
	}}
}

// reading is a server that reads some bytes of MessagePack as others.
func reading(from, to string) refserver.Options {
	return refserver.Options{WrapCodec: func(next ws.Codec) ws.Codec {
		return door{next, func(f wire.Format, frame []byte) *wire.Request {
			if f == wire.MsgPack {
				frame = bytes.ReplaceAll(frame, []byte(from), []byte(to))
			}
			return next.Decode(f, frame)
		}}
	}}
}

// actor is an API that does something before it refuses.
type actor struct {
	api.Doer
	action string
	with   object
}

// actingAll is a server that refuses what is wrong with an action and does the action
// all the same, with another body but for the names in it.
func actingAll(action string, with object) refserver.Options {
	return refserver.Options{WrapAPI: func(next api.Doer) api.Doer { return actor{next, action, with} }}
}

func (a actor) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	sent, _ := decoded(req.Echo.Body).(object)
	if req.Refusal != nil && decoded(req.Echo.Action) == a.action {
		body := object{}
		for _, name := range []string{"queue_name", "claim_id"} {
			if text, ok := sent[name].(string); ok {
				body[name] = text
			} else if list, ok := sent[name].(L); ok && len(list) == 1 {
				body[name] = list[0]
			}
		}
		maps.Copy(body, a.with)
		a.Doer.Do(ctx, s, accepted(req, a.action, body))
	}
	return a.Doer.Do(ctx, s, req)
}

// tightLipped is a server whose refusals give no reason.
func tightLipped() refserver.Options {
	return refserver.Options{WrapAPI: func(next api.Doer) api.Doer { return mute{next} }}
}

type mute struct{ api.Doer }

func (m mute) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	resp := m.Doer.Do(ctx, s, req)
	if resp.Status == 400 {
		resp.Body = encodedRaw(object{"error": "Wrong."})
	}
	return resp
}

// accepted is a refused request with a body that is fine.
func accepted(req *wire.Request, action string, body object) *wire.Request {
	again := &wire.Request{Action: action, Echo: req.Echo, Body: encodedRaw(body)}
	headers, _ := decoded(req.Echo.Headers).(object)
	again.Headers.ClientID, _ = headers["Client-ID"].(string)
	again.Headers.ProjectID, _ = headers["X-Project-ID"].(string)
	return again
}

func decoded(raw wire.Raw) any {
	v, _, err := msgp.ReadIntfBytes(raw)
	if err != nil {
		return nil
	}
	return v
}

func encodedRaw(v any) wire.Raw {
	raw, err := msgp.AppendIntf(nil, v)
	if err != nil {
		panic(err)
	}
	return raw
}
