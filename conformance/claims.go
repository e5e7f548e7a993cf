// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// claims are the cases of spec/claims.md.
func claims(s *suite) {
	claimCreate(s)
	claimLease(s)
	claimLife(s)
	claimGet(s)
	claimUpdate(s)
	claimDelete(s)
	claimDead(s)
	claimDeadLife(s)
	negatives(s, "claims")
}

// claimed leases up to limit messages of a queue and gives the answer, for a case
// to judge; what a case only needs as its set-up is made by Peer.Claim.
func claimed(ctx context.Context, p *Peer, queue string, limit int64) *Answer {
	return p.Do(ctx, "claim_create", M{"queue_name": queue, "limit": limit}).WantStatus(201)
}

// leasedTwice counts the messages that are in more than one claim, notes the first
// of them, and returns the ids in all claims.
func (p *Peer) leasedTwice(claims []*Answer) (twice int, all L) {
	holder := map[string]any{}
	for _, c := range claims {
		claim := c.at("body.claim_id")
		for _, id := range c.IDs() {
			if first, again := holder[id]; again {
				if twice++; twice == 1 {
					p.scene.note(&conn{}, fmt.Sprintf("claim %v has message %s", first, id))
					p.scene.note(&conn{}, fmt.Sprintf("and so has claim %v", claim))
				}
			}
			holder[id] = claim
			all = append(all, id)
		}
	}
	return twice, all
}

func claimCreate(s *suite) {
	s.checkWith(spec.CLM1, "claiming-three-messages", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2, 3)

		a := p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(201)
		id := a.Text("body.claim_id")
		a.Want("body.claim_id", AnyString())
		a.Want("body.messages[*].id", ids)
		a.Want("body.messages[*].claim_id", L{id, id, id})
		a.Want("body.messages[*].body", L{1, 2, 3})
	})

	s.checkWith(spec.CLM2, "oldest-first-up-to-the-limit", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2, 3, 4, 5)

		claimed(ctx, p, queue, 2).Want("body.messages[*].id", ids[:2])
		claimed(ctx, p, queue, 2).Want("body.messages[*].id", ids[2:4])
		claimed(ctx, p, queue, 2).Want("body.messages[*].id", ids[4:])
	})

	s.check(spec.CLM2, "without-a-limit", func(ctx context.Context, p *Peer) {
		queue, limit := p.NewQueue(ctx), p.Limit("default_messages_per_claim")
		ids := p.Post(ctx, queue, make(L, limit+1)...)

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(201).
			Want("body.messages[*].id", ids[:limit])
	})

	s.check(spec.CLM3, "claiming-from-an-empty-queue", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.check(spec.CLM3, "claiming-from-no-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)

		wantNoQueue(ctx, p, queue)
	})

	s.check(spec.CLM4, "no-claim-no-id", func(ctx context.Context, p *Peer) {
		for _, queue := range []string{p.NewQueue(ctx), p.Name()} {
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204).WantAbsent("body.claim_id")
		}
	})

	claimBounds(s, spec.CLM5, "limit", 1, "max_messages_per_claim_or_pop")
	claimBounds(s, spec.CLM6, "ttl", 0, "min_claim_ttl", "max_claim_ttl")
	claimBounds(s, spec.CLM7, "grace", 0, "min_claim_grace", "max_claim_grace")
}

// claimBounds is the case of one number of claim_create: its bounds are
// accepted, what is next to them is refused and leases nothing. With one limit
// named, least is the lower bound.
func claimBounds(s *suite, id spec.ID, field string, least int64, limits ...string) {
	s.check(id, field+"-out-of-bounds", func(ctx context.Context, p *Peer) {
		low, high := least, p.Limit(limits[len(limits)-1])
		if len(limits) == 2 {
			low = p.Limit(limits[0])
		}
		for _, n := range []int64{low, high} {
			queue := p.NewQueue(ctx)
			p.Post(ctx, queue, "free")
			p.Do(ctx, "claim_create", M{"queue_name": queue, field: n}).WantStatus(201)
		}

		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "free")
		for _, n := range []int64{low - 1, high + 1, -1, 1<<32 + low} {
			p.Do(ctx, "claim_create", M{"queue_name": queue, field: n}).WantError(400)
		}
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).
			Want("body.messages[*].id", ids)
	})
}

func claimLease(s *suite) {
	s.checkWith(spec.CLM8, "behind-a-released-claim", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2, 3, 4)
		first, _ := p.Claim(ctx, queue, M{"limit": 2})
		second, _ := p.Claim(ctx, queue, M{"limit": 2})
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": first}).WantStatus(204)

		claimed(ctx, p, queue, 5).Want("body.messages[*].id", L{ids[0], ids[1], ids[4]})

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": second}).WantStatus(200).
			Want("body.messages[*].id", ids[2:4])
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[2], "claim_id": second}).WantStatus(204)
	})

	atOnce := Rule{Labels: []string{Concurrency}}.holding(2).naming(3)
	s.checkWith(spec.CLM8, "eight-clients-at-once", atOnce, func(ctx context.Context, p *Peer) {
		const clients, each = 8, 3
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, make(L, clients*each)...)

		var got [clients]*Answer
		p.Together(ctx, clients, func(ctx context.Context, i int, p *Peer) { got[i] = claimed(ctx, p, queue, each) })
		twice, leased := p.leasedTwice(got[:])
		p.Want("how many messages two claims got", twice, 0)
		p.Want("ids in all claims", leased, Unordered(ids...))
	})

	s.check(spec.CLM9, "seen-only-by-its-id", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "taken")
		p.Claim(ctx, queue, M{"limit": 1})

		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages", Length(0))
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": 1}).WantStatus(200).Want("body.messages", Length(0))
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(200).
			Want("body.messages.id", ids[0])
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).
			Want("body.messages[*].id", ids)
	})

	s.check(spec.CLM11, "after-its-connection", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "taken")
		worker := p.Another(ctx)
		id, _ := worker.Claim(ctx, queue, M{"limit": 1})

		worker.Close(ctx, 1000, "")
		worker.WantClosed(ctx)

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
			Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.CLM11, "when-a-message-of-its-id-is-deleted", Rule{Labels: []string{Security}}, func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "taken")
		id, _ := p.Claim(ctx, queue, nil)

		for _, in := range []string{queue, other} {
			p.Do(ctx, "message_delete", M{"queue_name": in, "message_id": id}).WantStatus(204)
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
				Want("body.messages[*].id", ids)
		}
	})

	s.checkWith(spec.CLM12, "by-another-client", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2)
		id, _ := p.Claim(ctx, queue, M{"limit": 2})

		other := p.Another(ctx).As(p.NewClient())
		other.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
			Want("body.messages[*].id", ids)
		other.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": p.Limit("min_claim_ttl")}).WantStatus(204)
		other.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[0], "claim_id": id}).WantStatus(204)
		other.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)
		claimed(ctx, p, queue, 2).Want("body.messages[*].id", ids[1:])
	})

	s.checkWith(spec.CLM16, "back-to-their-old-place", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2, 3, 4)
		id, _ := p.Claim(ctx, queue, M{"limit": 2})
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)

		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).
			Want("body.messages[*].id", ids)
		claimed(ctx, p, queue, 3).Want("body.messages[*].id", ids[:3])
	})
}

// century is as long as nothing of a run lasts, in seconds, and short enough for Go.
const century = 100 * 365 * 24 * 60 * 60

// seconds is a time of the protocol as a time of Go.
func seconds(n int64) time.Duration { return time.Duration(min(n, century)) * time.Second }
