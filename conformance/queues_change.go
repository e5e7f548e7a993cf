// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

func queueDelete(s *suite) {
	s.check(spec.QUE26, "whether-or-not-it-was-there", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, 1)

		for range 2 {
			p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		}
		p.Do(ctx, "queue_delete", M{"queue_name": p.Name()}).WantStatus(204)
		wantNoQueue(ctx, p, queue)
	})

	s.checkWith(spec.QUE27, "made-again-and-empty", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"colour": "blue"})
		ids := p.Post(ctx, queue, 1, 2)
		p.Claim(ctx, queue, M{"limit": 1})

		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).WantAbsent("body.colour")
		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(0, 0))
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages", Length(0))
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}).WantError(404)
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).Want("body.messages", Length(0))
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.check(spec.QUE40, "a-claim-of-before", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, 1)
		claim, _ := p.Claim(ctx, queue, nil)
		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": claim}).WantError(404)
	})
}

// counts is what queue_get_stats says of the messages of a queue.
func counts(free, claimed int64) Matcher {
	return Having(M{"free": free, "claimed": claimed, "total": free + claimed})
}

func queueStats(s *suite) {
	s.check(spec.QUE28, "through-the-life-of-a-queue", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		stats := func(free, claimed int64) {
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).
				Want("body.messages", counts(free, claimed))
		}
		stats(0, 0)
		p.Post(ctx, queue, 1, 2, 3)
		stats(3, 0)
		p.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": 1}).WantStatus(200)
		stats(2, 0)
	})

	s.checkWith(spec.QUE28, "when-leased-messages-are-deleted", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, 1, 2)
		claim, leased := p.Claim(ctx, queue, M{"limit": 2})
		for left := int64(1); left >= 0; left-- {
			p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": leased[left]["id"], "claim_id": claim}).WantStatus(204)

			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(0, left))
		}
	})

	s.check(spec.QUE29, "in-a-queue-made-anew", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, "claimed", "free")
		p.Claim(ctx, queue, M{"limit": 1})
		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Post(ctx, queue, 0, 1, 2)

		a := p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200)
		a.Want("body.messages.claimed", 0)
		a.Want("body.messages.free", 3)
	})

	s.checkWith(spec.QUE29, "claimed-and-free", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, 1, 2, 3)
		stats := func(free, claimed int64) {
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).
				Want("body.messages", counts(free, claimed))
		}
		claim, leased := p.Claim(ctx, queue, M{"limit": 2})
		stats(1, 2)
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": leased[0]["id"], "claim_id": claim}).WantStatus(204)
		stats(1, 1)
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
		stats(2, 0)
	})

	s.wait(spec.QUE30, "after-two-of-three-ended", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_message_ttl")
		p.PostMessages(ctx, queue, M{"ttl": ttl, "body": 1}, M{"ttl": ttl, "body": 2}, M{"ttl": p.Limit("max_message_ttl"), "body": 3})

		return []Step{
			{At: seconds(ttl) + 3*early, Until: seconds(ttl) + early, Do: func(ctx context.Context) {
				p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(3, 0))
			}},
			{At: seconds(ttl) + late, Do: func(ctx context.Context) {
				p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(1, 0))
			}},
		}
	})

	s.wait(spec.QUE31, "after-a-claim-ended", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		lasting(ctx, p, queue, 1, 2)
		p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(2, 0))
		}}}
	})

	s.check(spec.QUE32, "no-such-queue", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_get_stats", M{"queue_name": p.Name()}).WantStatus(404)
	})
}

// queueEnds are the cases of what queue_get_stats says of the first and last message.
func queueEnds(s *suite) {
	s.checkWith(spec.QUE33, "oldest-and-newest", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue, low, high := p.NewQueue(ctx), p.Limit("min_message_ttl"), p.Limit("max_message_ttl")
		ids := p.PostMessages(ctx, queue, M{"ttl": high, "body": 1}, M{"ttl": low, "body": 2}, M{"ttl": low, "body": 3})
		described := func(oldest string, ttl int64, newest string) {
			a := p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200)
			a.Want("body.messages.oldest", Having(M{"id": oldest, "ttl": ttl}))
			a.Want("body.messages.newest", Having(M{"id": newest, "ttl": low}))
			for _, end := range []string{"oldest", "newest"} {
				a.Want("body.messages."+end+".age", Between(0, 30))
				a.Want("body.messages."+end+".created", Matching(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
			}
		}
		described(ids[0], high, ids[2])

		p.Do(ctx, "message_delete_many", M{"queue_name": queue, "message_ids": L{ids[0], ids[2]}}).WantStatus(204)
		described(ids[1], low, ids[1])
	})
}

func queuePurge(s *suite) {
	s.check(spec.QUE34, "whether-or-not-it-is-there", func(ctx context.Context, p *Peer) {
		queue, missing := p.NewQueue(ctx), p.Name()

		p.Do(ctx, "queue_purge", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "queue_purge", M{"queue_name": missing}).WantStatus(204)
		wantNoQueue(ctx, p, missing)
	})

	s.check(spec.QUE35, "by-default", func(ctx context.Context, p *Peer) { purged(ctx, p, M{}) })

	s.check(spec.QUE35, "messages-by-name", func(ctx context.Context, p *Peer) {
		purged(ctx, p, M{"resource_types": L{"messages"}})
	})

	s.check(spec.QUE35, "messages-among-others", func(ctx context.Context, p *Peer) {
		purged(ctx, p, M{"resource_types": L{"subscriptions", "messages"}})
	})

	s.check(spec.QUE35, "beside-a-claimed-one", func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)

		p.Do(ctx, "queue_purge", M{"queue_name": b.queue}).WantStatus(204)

		p.Do(ctx, "message_get", M{"queue_name": b.queue, "message_id": b.free}).WantError(404)
		p.Do(ctx, "claim_create", M{"queue_name": b.queue}).WantStatus(204)
	})

	s.check(spec.QUE36, "claimed-messages", func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)

		p.Do(ctx, "queue_purge", M{"queue_name": b.queue}).WantStatus(204)

		wantHeld(ctx, p, b.queue, b.claim, b.held)
	})

	s.checkWith(spec.QUE37, "resource-types-without-messages", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2)

		for _, types := range []L{{"subscriptions"}, {}} {
			p.Do(ctx, "queue_purge", M{"queue_name": queue, "resource_types": types}).WantStatus(204)
		}

		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages[*].id", ids)
	})

	s.check(spec.QUE39, "the-queue-stays", func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"colour": "blue"})
		p.Post(ctx, queue, 1)

		p.Do(ctx, "queue_purge", M{"queue_name": queue}).WantStatus(204)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.colour", "blue")
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(204)
	})
}

// purged purges a queue of more than one page, and sees it empty.
func purged(ctx context.Context, p *Peer, body M) {
	queue := p.NewQueue(ctx)
	p.Post(ctx, queue, make(L, p.Limit("max_messages_per_page")+5)...)
	body["queue_name"] = queue

	p.Do(ctx, "queue_purge", body).WantStatus(204)

	p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(0, 0))
	p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages", Length(0))
}
