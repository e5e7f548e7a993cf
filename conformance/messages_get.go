// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// messageGet are the cases of message_get.
func messageGet(s *suite) {
	s.check(spec.MSG34, "one-of-three", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, "one", 2)

		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}).WantStatus(200).
			Want("body.messages", Having(M{"id": ids[1], "body": "one"}))
		p.As(p.NewClient()).Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(200).
			Want("body.messages", Having(M{"id": ids[0], "body": 0}))
	})

	s.check(spec.MSG34, "a-claimed-one", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Post(ctx, queue, "leased")[0]
		p.Claim(ctx, queue, nil)

		got(ctx, p, queue, id).Want("body.messages.body", "leased")
	})

	s.check(spec.MSG35, "no-such-message", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		got(ctx, p, queue, ids[1])

		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[1]}).WantStatus(204)
		for _, id := range []string{p.NewClient(), "nonesuch", ids[1], ids[0] + "0", " " + ids[0]} {
			p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": id}).WantError(404)
		}
	})

	s.check(spec.MSG35, "the-id-of-a-claim", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, "leased")
		claim, _ := p.Claim(ctx, queue, nil)

		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": claim}).WantError(404)
	})

	s.check(spec.MSG35, "no-such-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": p.NewClient()}).WantError(404)
	})
}

// messageGetMany are the cases of message_get_many, and of ids that are none.
func messageGetMany(s *suite) {
	s.checkWith(spec.MSG36, "in-the-order-of-the-request", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "a", "b", "c", "d")
		p.Claim(ctx, queue, M{"limit": 1})

		a := p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{ids[3], ids[0], ids[2]}}).WantStatus(200)
		a.Want("body.messages[*].id", L{ids[3], ids[0], ids[2]})
		a.Want("body.messages[*].body", L{"d", "a", "c"})
	})

	s.checkWith(spec.MSG36, "without-those-that-there-are-not", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "a", "b", "c")
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[1]}).WantStatus(204)

		wanted := L{p.NewClient(), ids[2], ids[1], "nonesuch", ids[0]}
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": wanted}).WantStatus(200).
			Want("body.messages[*].id", L{ids[2], ids[0]})
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{p.NewClient()}}).WantStatus(200).
			Want("body.messages", L{})
	})

	s.checkWith(spec.MSG36, "an-id-twice", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "a", "b")

		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{ids[1], ids[1], ids[0]}}).WantStatus(200).
			Want("body.messages[*].id", OneOf(L{ids[1], ids[1], ids[0]}, L{ids[1], ids[0]}))
	})

	s.check(spec.MSG36, "no-such-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{p.NewClient()}}).WantStatus(200).
			Want("body.messages", L{})
	})

	s.check(spec.MSG37, "too-few-and-too-many-ids", func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), int(p.Limit("max_messages_per_page"))
		ids := p.PostMessages(ctx, queue, posts(most+1)...)
		for _, n := range []int{1, most} {
			p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids[:n]}).WantStatus(200).
				Want("body.messages[*].id", ids[:n])
		}
		for _, wrong := range [][]string{{}, ids} {
			p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": wrong}).WantError(400)
		}
		p.WantAlive(ctx)
	})

	for _, action := range []string{"get", "delete"} {
		s.check(spec.MSG38, action+"-many-of-what-is-no-id", func(ctx context.Context, p *Peer) {
			idsRefused(ctx, p, "message_"+action+"_many", nil, L{}, M{}, L{"x"}, M{"id": "x"})
		})

		s.check(spec.MSG39, action+"-many-of-numbers", func(ctx context.Context, p *Peer) {
			idsRefused(ctx, p, "message_"+action+"_many", 7, 0, -1, 1.5, true, false)
		})
	}
}

// idsRefused puts each of the values in the place of an id, alone and beside a
// good one: it is refused and deletes nothing.
func idsRefused(ctx context.Context, p *Peer, action string, values ...any) {
	queue := p.NewQueue(ctx)
	ids := p.Post(ctx, queue, "twin", "kept")
	p.Do(ctx, action, M{"queue_name": queue, "message_ids": L{ids[0]}}).WantStatus(200, 204)

	for _, v := range values {
		for _, wrong := range []L{{v}, {ids[1], v}, {v, ids[1]}} {
			p.Do(ctx, action, M{"queue_name": queue, "message_ids": wrong}).WantError(400)
		}
	}
	got(ctx, p, queue, ids[1])
	p.WantAlive(ctx)
}

// messageScope are the cases of an id in another queue or project than its own.
func messageScope(s *suite) {
	for _, c := range []struct {
		slug string
		act  func(ctx context.Context, p *Peer, queue, id string)
	}{
		{"get", func(ctx context.Context, p *Peer, queue, id string) {
			p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": id}).WantError(404)
		}},
		{"get-many", func(ctx context.Context, p *Peer, queue, id string) {
			p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{id}}).WantStatus(200).Want("body.messages", L{})
		}},
		{"delete", func(ctx context.Context, p *Peer, queue, id string) {
			p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": id}).WantStatus(204)
		}},
		{"delete-many", func(ctx context.Context, p *Peer, queue, id string) {
			p.Do(ctx, "message_delete_many", M{"queue_name": queue, "message_ids": L{id}}).WantStatus(204)
		}},
	} {
		s.check(spec.MSG40, c.slug+"-in-another-queue", func(ctx context.Context, p *Peer) {
			queue, other := p.NewQueue(ctx), p.NewQueue(ctx)
			id := p.Post(ctx, queue, "at home")[0]
			p.Post(ctx, other, "a neighbour")

			c.act(ctx, p, other, id)
			wantAtHome(ctx, p, queue, id)
		})

		s.checkWith(spec.MSG40, c.slug+"-in-another-project", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
			queue, stranger := p.NewQueue(ctx), p.In(p.NewProject())
			id := p.Post(ctx, queue, "at home")[0]
			stranger.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
			stranger.Post(ctx, queue, "a stranger")

			c.act(ctx, stranger, queue, id)
			wantAtHome(ctx, p, queue, id)
		})
	}
}

// wantAtHome judges that the one message of a queue is still in it.
func wantAtHome(ctx context.Context, p *Peer, queue, id string) {
	got(ctx, p, queue, id).Want("body.messages.body", "at home")
	listed(ctx, p, queue, nil).Want("body.messages[*].id", L{id})
}
