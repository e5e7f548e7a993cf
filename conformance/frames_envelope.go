// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

func framesOneReply(s *suite) {
	s.check(spec.FRM25, "an-action-that-is-a-list-or-a-map", func(ctx context.Context, p *Peer) {
		for _, action := range (L{L{}, L{"queue_list"}, M{}, M{"queue_list": 1}}) {
			answersOrCloses(ctx, p, p.Encode(p.Request("", nil, Key("action", action))))
		}
	})

	s.check(spec.FRM25, "values-where-others-are-due", func(ctx context.Context, p *Peer) {
		for _, key := range []string{"action", "headers", "body", "api", "odd"} {
			for _, value := range (L{nil, true, -1, 1.5, "", "v1", L{nil}}) {
				if key == "action" && equal(value, L{nil}) {
					continue // the case above
				}
				answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", nil, Key(key, value))))
			}
		}
	})

	s.check(spec.FRM25, "a-body-600-deep", func(ctx context.Context, p *Peer) {
		answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", M{"odd": nested(600, false)})))
		answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", M{"odd": nested(600, true)})))
	})

	s.checkWith(spec.FRM25, "bytes-and-extensions", onlyMsgPack, func(ctx context.Context, p *Peer) {
		time := Ext{-1, []byte{0, 0, 0, 1}}
		for _, value := range (L{Bin("text"), Bin("\xff\x00"), Ext{5, []byte("text")}, Ext{5, []byte{0xff}}, time}) {
			answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", M{"odd": value})))
			answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", nil, Header("Odd", value))))
			answersOrCloses(ctx, p, p.Encode(p.Request("queue_list", nil, Key("action", value))))
		}
	})

	s.checkWith(spec.FRM25, "each-action", everyFormat, func(ctx context.Context, p *Peer) {
		for _, c := range newBench(ctx, p).offered(p) {
			p.Do(ctx, c.action, c.body)
			p.WantAlive(ctx)
		}
	})

	s.check(spec.FRM25, "actions-of-zaqar-that-a-server-may-lack", func(ctx context.Context, p *Peer) {
		for _, action := range []string{
			"authenticate", "get_home_doc", "ping_node", "check_node_health", "pool_list", "pool_get",
			"flavor_list", "flavor_get", "subscription_list", "subscription_get",
		} {
			answersOrCloses(ctx, p, p.Encode(p.Request(action, M{"queue_name": p.Name()})))
		}
	})
}

func framesReplies(s *suite) {
	s.check(spec.FRM27, "both-kinds-on-one-connection", func(ctx context.Context, p *Peer) {
		request := p.Request("queue_list", nil)
		for range 3 {
			for _, kind := range []Kind{Text, Binary} {
				p.DoFrame(ctx, kind, encoded(kind, request)).WantStatus(200)
				p.DoFrame(ctx, kind, nil).WantError(400)
				p.DoFrame(ctx, kind, encoded(kind, L{})).WantError(400)
			}
		}
	})

	s.check(spec.FRM28, "a-key-twice", func(ctx context.Context, p *Peer) {
		twice := `{"a": 1, "a": 2}`
		if p.Format() == MsgPack {
			twice = "\x82\xa1a\x01\xa1a\x02"
		}
		p.DoFrame(ctx, p.Format().kind(), spoil(p, p.Request("queue_list", M{"odd": here}), twice)).WantStatus(200, 400)
		p.DoFrame(ctx, p.Format().kind(), spoil(p, p.Request("queue_list", nil, Header("Odd", here)), twice)).WantStatus(200, 400)
	})

	s.checkWith(spec.FRM28, "numbers-that-are-none", onlyJSON, func(ctx context.Context, p *Peer) {
		for _, raw := range []string{"NaN", "Infinity", "-Infinity", "1e400"} {
			p.DoFrame(ctx, Text, spoil(p, p.Request("queue_list", M{"odd": here}), raw))
		}
	})

	s.check(spec.FRM28, "texts-that-need-escapes", func(ctx context.Context, p *Peer) {
		for _, text := range oddTexts() {
			p.Do(ctx, "queue_list", M{"odd": text, text: 1}).WantStatus(200)
			p.Do(ctx, text, M{text: text}).WantError(400)
		}
	})

	s.checkWith(spec.FRM29, "each-action", everyFormat, func(ctx context.Context, p *Peer) {
		b, missing := newBench(ctx, p), p.Name()
		refused := M{"queue_name": b.queue, "message_id": b.held}
		p.Do(ctx, "message_delete", refused).Want("headers.status", Between(100, 599)).Get("body")
		p.Do(ctx, "message_list", M{"queue_name": missing}).Want("headers.status", Between(100, 599)).Get("body")
		for _, c := range b.offered(p) {
			p.Do(ctx, c.action, c.body).Want("headers.status", Between(100, 599)).Get("body")
			p.Do(ctx, c.action, M{"queue_name": 7}).Want("headers.status", Between(100, 599)).Get("body")
		}
	})
}

// answersOrCloses sends a message over a connection of its own, which then
// answers it, whatever the status, and the next one; or ends.
func answersOrCloses(ctx context.Context, p *Peer, message []byte) {
	q := p.Another(ctx)
	if a := q.ReceiveOrClosed(ctx, q.SendFrame(ctx, p.Format().kind(), message)); a != nil {
		q.WantAlive(ctx)
	}
}

// encoded is a value as a message of that kind carries it.
func encoded(kind Kind, v any) []byte {
	data, err := write(kind.format(), v)
	if err != nil {
		panic(err) //nolint:forbidigo // a case's own mistake; the run reports it as untested
	}
	return data
}

// oddTexts are strings that are hard to write down, or to keep apart.
func oddTexts() []string {
	return []string{
		"\"\\/\b\f\n\r\t", "\x00\x01\x1f\x7f", "\u0080\u00a0\u2028\u2029\ufeff\ufffd\uffff", "é e\u0301 ﬁ ß",
		"<script>&amp;</script>", "😀👩‍🚀\U0010ffff", "{\"action\": 1}", "${x} %s {0} %(y)s", strings.Repeat("x", 300),
	}
}

func framesOrder(s *suite) {
	s.check(spec.FRM26, "fifty-at-once", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		sent := make([]*Sent, 0, 50)
		for i := range 50 {
			sent = append(sent, p.Send(ctx, []string{"queue_get", "queue_list", "nothing"}[i%3], M{"queue_name": queue, "number": i}))
		}
		for i, r := range sent {
			p.Receive(ctx, r).Want("request.body.number", i)
		}
	})

	s.check(spec.FRM26, "slow-ones-before-quick-ones", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		messages := make(L, min(1000, p.Limit("max_messages_post_size")/20))
		for i := range messages {
			messages[i] = M{"body": i}
		}
		post := p.Send(ctx, "message_post", M{"queue_name": queue, "messages": messages})
		get := p.Send(ctx, "queue_get", M{"queue_name": queue})
		refused := p.Send(ctx, "nothing", nil)
		list := p.Send(ctx, "message_list", M{"queue_name": queue, "echo": true, "limit": 1})

		p.Receive(ctx, post).WantStatus(201)
		p.Receive(ctx, get).WantStatus(200)
		p.Receive(ctx, refused).WantError(400)
		p.Receive(ctx, list).WantStatus(200).Want("body.messages[*].body", L{0})
	})

	s.check(spec.FRM26, "each-action-before-another", func(ctx context.Context, p *Peer) {
		for _, c := range newBench(ctx, p).offered(p) {
			call := p.Send(ctx, c.action, c.body)
			next := p.Send(ctx, "nothing", nil)
			p.Receive(ctx, call).WantStatus(c.accepted...)
			p.Receive(ctx, next).WantError(400)
		}
	})

	s.check(spec.FRM26, "both-kinds-at-once", func(ctx context.Context, p *Peer) {
		sent := make([]*Sent, 0, 20)
		for i := range 20 {
			kind := []Kind{Text, Binary}[i%2]
			sent = append(sent, p.SendAs(ctx, kind, p.Request("queue_list", M{"number": i})))
		}
		for i, r := range sent {
			p.Receive(ctx, r).WantStatus(200).Want("request.body.number", i)
		}
	})
}

func framesUnreadable(s *suite) {
	nobody := Having(M{"action": nil, "body": M{}, "headers": M{}})

	s.check(spec.FRM34, "not-to-be-decoded", func(ctx context.Context, p *Peer) {
		request := string(p.Encode(p.Request("queue_list", M{"odd": 1})))
		for _, message := range []string{"", request[:len(request)-1], request + "}"} {
			p.DoFrame(ctx, p.Format().kind(), []byte(message)).WantError(400).Want("request", nobody)
		}
	})

	s.check(spec.FRM34, "no-map", func(ctx context.Context, p *Peer) {
		for _, value := range (L{nil, true, 7, "queue_list", L{}, L{p.Request("queue_list", nil)}}) {
			p.Ask(ctx, value).WantError(400).Want("request", nobody)
		}
	})
}

func framesErrors(s *suite) {
	s.check(spec.FRM35, "status-400", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		p.DoFrame(ctx, p.Format().kind(), nil).WantError(400)
		p.Ask(ctx, L{}).WantError(400)
		p.Do(ctx, "nothing", nil).WantError(400)
		p.Do(ctx, "queue_get", M{"queue_name": 7}).WantError(400)
		p.Do(ctx, "queue_create", M{"queue_name": p.Name() + " and a space"}).WantError(400)
		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{}}).WantError(400)
		p.Do(ctx, "message_list", M{"queue_name": queue, "limit": 0}).WantError(400)
		p.Do(ctx, "claim_create", M{"queue_name": queue, "ttl": 0}).WantError(400)
	})

	s.check(spec.FRM35, "status-403", func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)

		p.Do(ctx, "message_delete", M{"queue_name": b.queue, "message_id": b.held}).WantError(403)
	})

	s.check(spec.FRM35, "status-404", func(ctx context.Context, p *Peer) {
		body := M{"queue_name": p.Name(), "message_id": p.NewClient(), "claim_id": p.NewClient()}

		for _, action := range []string{"message_list", "message_get", "claim_get", "claim_update"} {
			p.Do(ctx, action, body).WantError(404)
		}
	})

	s.check(spec.FRM35, "status-404-of-queue-get-stats", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_get_stats", M{"queue_name": p.Name()}).WantError(404)
	})
}

func framesRefusals(s *suite) {
	s.check(spec.FRM36, "a-ttl-that-is-too-short", func(ctx context.Context, p *Peer) {
		queue, least := p.NewQueue(ctx), p.Limit("min_message_ttl")

		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"ttl": least - 1, "body": 1}}}).WantError(400).
			Want("body.error", Matching(fmt.Sprintf(`(?s)ttl.*\b%[1]d\b|\b%[1]d\b.*ttl`, least)))
	})

	s.check(spec.FRM39, "nothing-to-say", func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)

		p.Do(ctx, "queue_create", M{"queue_name": b.queue}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "message_delete", M{"queue_name": b.queue, "message_id": b.free}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "claim_create", M{"queue_name": b.queue}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "claim_update", M{"queue_name": b.queue, "claim_id": b.claim}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "claim_delete", M{"queue_name": b.queue, "claim_id": b.claim}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "queue_purge", M{"queue_name": b.queue}).WantStatus(204).Want("body", M{})
		p.Do(ctx, "queue_delete", M{"queue_name": b.queue}).WantStatus(204).Want("body", M{})
	})

	s.check(spec.FRM42, "after-each-kind-of-refusal", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for range 20 {
			p.DoFrame(ctx, p.Format().kind(), nil).WantError(400)
			p.Ask(ctx, L{}).WantError(400)
			p.Do(ctx, "nothing", nil).WantError(400)
			p.Do(ctx, "queue_get", M{"queue_name": 7}).WantError(400)
			p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{}}).WantError(400)

			p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200)
		}
	})
}
