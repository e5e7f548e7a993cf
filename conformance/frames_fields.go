// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

func framesAction(s *suite) {
	s.check(spec.FRM53, "no-action", func(ctx context.Context, p *Peer) {
		unechoed(ctx, p, p.Request("", M{"queue_name": p.Name()}, NoKey("action"))).WantError(400)
	})

	s.check(spec.FRM53, "a-name-of-no-action", func(ctx context.Context, p *Peer) {
		for _, action := range []string{"", "nothing", "QUEUE_LIST", "Queue_list", "queue_list ", "queue_list\x00", "queue-list", "queue"} {
			p.Do(ctx, action, M{"queue_name": p.Name()}).WantError(400)
		}
		p.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.check(spec.FRM53, "no-string", func(ctx context.Context, p *Peer) {
		for _, action := range (L{nil, true, false, 0, 7, 1.5}) {
			p.Do(ctx, "", nil, Key("action", action)).WantError(400)
		}
	})

	s.check(spec.FRM53, "a-list-or-a-map", func(ctx context.Context, p *Peer) {
		for _, action := range (L{L{}, L{"queue_list"}, M{}, M{"queue_list": 1}}) {
			p.Do(ctx, "", nil, Key("action", action)).WantError(400)
		}
	})

	s.checkWith(spec.FRM53, "bytes", onlyMsgPack, func(ctx context.Context, p *Peer) {
		for _, action := range (L{Bin("queue_list"), Ext{5, []byte("queue_list")}}) {
			unechoed(ctx, p, p.Request("", nil, Key("action", action))).WantError(400)
		}
	})
}

// malformed are the cases of requests whose form is bad, and in which more is amiss or
// nothing would be left to do.
func malformed(s *suite) {
	s.checkWith(spec.FRM81, "of-a-queue-that-is-not-there", everyFormat, func(ctx context.Context, p *Peer) {
		for _, bad := range []struct {
			action string
			fields M
		}{
			{"queue_purge", M{"resource_types": 7}},
			{"message_list", M{"limit": 0}},
			{"message_list", M{"echo": "yes"}},
			{"message_get", M{}},
			{"message_get", M{"message_id": 7}},
			{"message_get_many", M{"message_ids": L{}}},
			{"message_delete", M{"message_id": L{}}},
			{"message_delete_many", M{"pop": 0}},
			{"message_delete_many", M{}},
			{"claim_create", M{"ttl": p.Limit("max_claim_ttl") + 1}},
			{"claim_create", M{"limit": 0}},
			{"claim_get", M{"claim_id": 7}},
			{"claim_update", M{"claim_id": p.NewClient(), "ttl": p.Limit("max_claim_ttl") + 1}},
			{"claim_delete", M{}},
		} {
			p.Do(ctx, bad.action, with(M{"queue_name": p.Name()}, bad.fields)).WantError(400)
		}
	})

	s.checkWith(spec.FRM81, "of-a-queue-that-is-there", everyFormat, func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_message_ttl")

		for _, metadata := range (L{M{"_default_message_ttl": most + 1}, M{"_default_message_ttl": L{most}}}) {
			p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantError(400)
		}
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.checkWith(spec.FRM81, "of-a-claim-that-is-not-there", everyFormat, func(ctx context.Context, p *Peer) {
		queue, id := p.NewQueue(ctx), p.NewClient()

		for _, ttl := range (L{0, p.Limit("max_claim_ttl") + 1, "60", nil}) {
			p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl}).WantError(400)
		}
	})
}

func framesRequest(s *suite) {
	s.check(spec.FRM54, "headers-that-are-no-map", func(ctx context.Context, p *Peer) {
		create := p.Request("queue_create", M{"queue_name": p.Name()})
		values := L{L{}, L{p.Client(), p.Project()}, "", p.Client(), 0, 7, 1.5, false, true}
		for _, headers := range append(values, onlyIn(p, MsgPack, Bin("x"), Ext{5, []byte("x")})...) {
			unechoed(ctx, p, setting(create, "headers", headers)).WantError(400)
			unechoed(ctx, p, p.Request("queue_list", nil, Key("headers", headers))).WantError(400)
		}
		p.Ask(ctx, create).WantStatus(201)
	})

	malformed(s)

	s.check(spec.FRM58, "in-a-posted-message", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		message := M{"body": "mine", "odd": everyKind(), "id": 7, "age": "x"}
		ids := p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{message}}).WantStatus(201).
			Want("body.message_ids", Length(1)).Strings("body.message_ids")

		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(200).
			Want("body.messages", Having(M{"id": ids[0], "body": "mine"}))
	})

	for i, c := range (bench{}).calls() {
		if c.body["pop"] != nil {
			continue // the second form of an action
		}
		s.checkWith(spec.FRM55, kebabOf(c.action), c.rule(), func(ctx context.Context, p *Peer) {
			b := newBench(ctx, p)
			c := b.calls()[i]
			values := L{nil, false, true, 0, 7, 1.5, "", b.queue, L{}, L{c.body}}
			for _, body := range append(values, onlyIn(p, MsgPack, Bin("x"), Ext{5, []byte("x")})...) {
				unechoed(ctx, p, p.Request(c.action, nil, Key("body", body))).WantError(400)
			}
			b.wantUntouched(ctx, p)
			p.Do(ctx, c.action, c.body).WantStatus(c.accepted...)
		})
	}

	s.check(spec.FRM55, "no-body", func(ctx context.Context, p *Peer) {
		for _, c := range (bench{}).offered(p) {
			if a := schema.Model().Action(c.action); slices.ContainsFunc(a.Request, func(f schema.Field) bool { return f.Required }) {
				p.Do(ctx, c.action, nil, NoKey("body")).WantError(400)
			}
		}
		p.Do(ctx, "queue_list", nil, NoKey("body")).WantStatus(200)
	})

	s.check(spec.FRM59, "another-version", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, Key("api", "v2")).WantStatus(200)
		for _, api := range (L{"v1", "", "V2", "v2\n", 2, 2.0, true, nil, L{"v2"}, M{"v2": 2}}) {
			p.Do(ctx, "queue_list", nil, Key("api", api)).WantError(400)
		}
	})
}

func framesBytes(s *suite) {
	s.checkWith(spec.FRM57, "bytes-for-a-string", onlyMsgPack, func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)
		for _, c := range b.offered(p) {
			for _, field := range sortedKeys(c.body) {
				if text, ok := c.body[field].(string); ok {
					unechoed(ctx, p, p.Request(c.action, setting(c.body, field, Bin(text)))).WantError(400)
				}
			}
		}
		b.wantUntouched(ctx, p)
	})

	s.checkWith(spec.FRM64, "bytes-for-a-string", onlyMsgPack, func(ctx context.Context, p *Peer) {
		queue := p.Name()
		for _, header := range headersOfStrings() {
			for _, value := range (L{Bin(p.Client()), Ext{5, []byte(p.Client())}}) {
				request := p.Request("queue_create", M{"queue_name": queue}, Header(header, value))
				unechoed(ctx, p, request).WantError(400)
			}
		}
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
	})
}

// otherKinds are values of each kind that v is not, all as like to v as can be.
func otherKinds(v any) L {
	kinds := L{nil}
	switch v := v.(type) {
	case string:
		kinds = append(kinds, true, 7, 1.5, L{}, L{v}, M{}, M{v: v})
	case int:
		kinds = append(kinds, true, float64(v), float64(v)+0.5, "", "1", L{}, L{v}, M{})
	case bool:
		kinds = append(kinds, 0, 1, 1.0, "", "true", L{}, L{v}, M{})
	case L:
		kinds = append(kinds, true, 7, 1.5, "", "text", M{}, M{"0": v[0]})
	case M:
		kinds = append(kinds, true, 7, 1.5, "", "text", L{}, L{v})
	}
	return kinds
}

func framesUnknown(s *suite) {
	s.check(spec.FRM58, "at-the-top-level", func(ctx context.Context, p *Peer) {
		for _, c := range newBench(ctx, p).offered(p) {
			p.Do(ctx, c.action, c.body, Key("odd", everyKind()), Key("Action", 7), Key("status", 500)).WantStatus(c.accepted...)
		}
	})

	s.check(spec.FRM58, "in-headers", func(ctx context.Context, p *Peer) {
		for _, c := range newBench(ctx, p).offered(p) {
			p.Do(ctx, c.action, c.body, Header("Odd", everyKind()), Header("status", 7), Header("queue_name", 7)).WantStatus(c.accepted...)
		}
	})

	s.check(spec.FRM58, "in-body", func(ctx context.Context, p *Peer) {
		for _, c := range newBench(ctx, p).offered(p) {
			p.Do(ctx, c.action, setting(setting(c.body, "odd", everyKind()), "Limit", "x")).WantStatus(c.accepted...)
		}
	})

	for i, c := range (bench{}).calls() {
		if c.body["pop"] != nil {
			continue // the second form of an action, with fields that shut each other out
		}
		s.checkWith(spec.FRM58, "fields-of-other-actions-in-"+kebabOf(c.action), c.rule(), func(ctx context.Context, p *Peer) {
			all := newBench(ctx, p).calls()
			p.Do(ctx, c.action, all[i].among(all)).WantStatus(c.accepted...)
		})
	}
}
