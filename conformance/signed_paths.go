// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

func signedPaths(s *suite) {
	s.checkWith(spec.AUT56, "another-queue", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		mine := p.NewQueue(ctx)

		for _, c := range b.signable(p) {
			whole := b.whole(p).on(pathOf(mine, "messages"), pathOf(mine, "claims"), pathOf(mine, "subscriptions"))
			guest.Do(ctx, c.action, c.body, guest.Signed(whole)).WantError(403)
		}
		b.wantUntouched(ctx, p)
		guest.Do(ctx, "message_list", M{"queue_name": mine}, guest.Signed(p.grant(mine))).WantStatus(200)
	})

	s.checkWith(spec.AUT56, "a-queue-whose-name-begins-alike", signing(), func(ctx context.Context, p *Peer) {
		guest, long := p.Bare(ctx), p.NewQueue(ctx)
		p.Post(ctx, long, "a")
		short := long[:len(long)-1]

		for _, path := range []string{pathOf(short, "messages"), "/v2/queues/" + short, "/v2/queues/" + short + "/", "/v2/queues/"} {
			guest.Do(ctx, "message_list", M{"queue_name": long}, guest.Signed(p.grant(short).on(path))).WantError(403)
		}
	})
}

func signedOtherPaths(s *suite) {
	s.checkWith(spec.AUT56, "other-resources", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		list := M{"queue_name": b.queue}

		for _, path := range []string{
			pathOf(b.queue, "claims"), pathOf(b.queue, "subscriptions"), pathOf(b.queue, "message"), pathOf(b.queue, "messagesx"),
			strings.ToUpper(pathOf(b.queue, "messages")), "zzz", "", "*", "/",
		} {
			guest.Do(ctx, "message_list", list, guest.Signed(p.grant(b.queue).on(path))).WantError(403)
		}
		guest.Do(ctx, "message_list", list, guest.Signed(p.grant(b.queue).on())).WantError(400, 403)
		for _, c := range b.signable(p) {
			if !strings.HasPrefix(c.action, "message_") {
				guest.Do(ctx, c.action, c.body, guest.Signed(p.grant(b.queue))).WantError(403)
			}
		}
		b.wantUntouched(ctx, p)
	})

	s.checkWith(spec.AUT56, "the-path-of-one-message", signing().holding(2), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		ids := p.Post(ctx, queue, "a", "b")
		one := guest.Signed(p.grant(queue).on(pathOf(queue, "messages/"+ids[0])))

		guest.Do(ctx, "message_list", M{"queue_name": queue}, one).WantError(403)
		guest.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}, one).WantError(403)
		guest.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": 2}, one).WantError(403)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[*].id", ids)
	})
}

func signedQueues(s *suite) {
	s.checkWith(spec.AUT57, "a-queue-that-is-not-there", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.Name(), p.Bare(ctx)
		post := M{"queue_name": queue, "messages": L{M{"body": 1}}}

		guest.Do(ctx, "message_post", post, guest.Signed(p.grant(queue))).WantError(404, 403)
		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		p.Do(ctx, "message_post", post).WantStatus(201)
		guest.Do(ctx, "message_post", post, guest.Signed(p.grant(queue))).WantStatus(201)
	})

	s.checkWith(spec.AUT57, "each-action-on-a-queue-that-is-not-there", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		b.queue = p.Name()

		for _, c := range b.signable(p) {
			a := guest.Do(ctx, c.action, setting(c.body, "queue_name", b.queue), guest.Signed(b.whole(p)))
			if c.action == "message_post" || c.action == "subscription_create" {
				a.WantError(404, 403)
			}
			p.Do(ctx, "message_list", M{"queue_name": b.queue}).WantError(404)
		}
	})

	s.checkWith(spec.AUT58, "actions-on-queues", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		all := b.whole(p)
		for _, path := range []string{
			"/v2/queues", "/v2/queues/" + b.queue, pathOf(b.queue, "stats"), pathOf(b.queue, "purge"), pathOf(b.queue, "share"), "/", "",
		} {
			all.paths = append(all.paths, path)
		}

		for _, c := range b.offered(p) {
			if a := schema.Model().Action(c.action); a.Access != "anyone" && !schema.Model().Signable(*a) {
				guest.Do(ctx, c.action, c.body, guest.Signed(all)).WantError(403)
			}
		}
		b.wantUntouched(ctx, p)
	})
}

func signedShapes(s *suite) {
	s.checkWith(spec.AUT59, "headers-of-other-types", unproved(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		list := func(opts ...Option) *Answer {
			all := append([]Option{p.grant(queue).headers(strings.Repeat("0", 64))}, opts...)
			return unechoed(ctx, guest, guest.Request("message_list", M{"queue_name": queue}, all...))
		}

		for _, header := range []string{"URL-Methods", "URL-Paths"} {
			list(NoHeader(header)).WantError(400, 403)
			for _, value := range (L{
				nil, 7, true, "GET", "GET,POST", pathOf(queue, "messages"), M{"GET": 1}, L{5}, L{nil}, L{"GET", 5}, L{L{"GET"}},
			}) {
				list(Header(header, value)).WantError(400, 403)
			}
		}
		for _, header := range []string{"URL-Expires", headerSignature} {
			for _, value := range (L{nil, 7, 4102444800, 1.5, true, L{farEnd}, M{}}) {
				list(Header(header, value)).WantError(400, 403)
			}
		}
	})

	s.checkWith(spec.AUT59, "alone", unproved(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)

		guest.Do(ctx, "message_list", M{"queue_name": queue}, Header(headerSignature, strings.Repeat("0", 64))).WantError(400, 403)
	})

	long := unproved()
	long.Least = map[string]int64{"max_frame": 1 << 20}
	s.checkWith(spec.AUT59, "long-lists", long, func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		many := make(L, 20000)
		for i := range many {
			many[i] = pathOf(queue, "messages")
		}

		for _, header := range []string{"URL-Methods", "URL-Paths"} {
			request := guest.Request("message_list", M{"queue_name": queue},
				p.grant(queue).headers(strings.Repeat("0", 64)), Header(header, many))
			unechoed(ctx, guest, request).WantError(400, 403)
		}
	})
}

func signedScope(s *suite) {
	s.checkWith(spec.AUT60, "after-signed-requests", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		list := M{"queue_name": queue}

		for range 2 {
			guest.Do(ctx, "message_list", list, guest.Signed(p.grant(queue))).WantStatus(200)
			guest.Do(ctx, "message_list", list).WantError(403)
			guest.Do(ctx, "queue_list", nil).WantError(403)
		}
	})

	s.checkWith(spec.AUT64, "when-it-is-authenticated", unproved(), func(ctx context.Context, p *Peer) {
		forged := p.grant("x").headers(strings.Repeat("0", 64))

		p.Do(ctx, "queue_list", nil, forged).WantStatus(200)
		p.Do(ctx, "message_post", M{"queue_name": p.Name(), "messages": L{M{"body": 1}}}, forged).WantStatus(201)
	})
}
