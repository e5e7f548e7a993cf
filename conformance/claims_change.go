// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

func claimUpdate(s *suite) {
	s.check(spec.CLM22, "another-ttl", func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), p.Limit("max_claim_ttl")
		p.Post(ctx, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": p.Limit("min_claim_ttl")})

		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl}).WantStatus(204)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).Want("body.ttl", ttl)
	})

	s.check(spec.CLM23, "a-ttl-that-is-not-named", func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), p.Limit("max_claim_ttl")
		p.Post(ctx, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"ttl": ttl})

		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "grace": p.Limit("min_claim_grace")}).WantStatus(204)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).Want("body.ttl", ttl)
	})

	s.check(spec.CLM23, "a-grace-that-is-not-named", func(ctx context.Context, p *Peer) {
		queue, ttl, grace := p.NewQueue(ctx), p.Limit("max_claim_ttl"), p.Limit("max_claim_grace")
		p.PostMessages(ctx, queue, M{"ttl": p.Limit("min_message_ttl"), "body": "leased"})
		id, _ := p.Claim(ctx, queue, M{"ttl": p.Limit("min_claim_ttl"), "grace": grace})

		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl}).WantStatus(204)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
			Want("body.messages[0].ttl", AtLeast(ttl+grace))
	})

	s.check(spec.CLM24, "ttl-out-of-bounds", func(ctx context.Context, p *Peer) {
		low, high := p.Limit("min_claim_ttl"), p.Limit("max_claim_ttl")
		updateRefused(ctx, p, "ttl", L{low, high}, L{low - 1, high + 1, 0, -1, 1<<32 + low})
	})

	s.check(spec.CLM25, "grace-out-of-bounds", func(ctx context.Context, p *Peer) {
		low, high := p.Limit("min_claim_grace"), p.Limit("max_claim_grace")
		updateRefused(ctx, p, "grace", L{low, high}, L{low - 1, high + 1, 0, -100, 1<<32 + low})
	})

	s.check(spec.CLM25, "grace-of-another-type", func(ctx context.Context, p *Peer) {
		low := p.Limit("min_claim_grace")
		updateRefused(ctx, p, "grace", L{low}, L{"x", nil, float64(low), true, L{}, M{}})
	})

	s.check(spec.CLM26, "no-such-claim", func(ctx context.Context, p *Peer) {
		queue, other, ttl := p.NewQueue(ctx), p.NewQueue(ctx), p.Limit("min_claim_ttl")
		p.Post(ctx, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})
		update := func(queue, id string) *Answer {
			return p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl})
		}
		update(queue, id).WantStatus(204)

		update(queue, p.NewClient()).WantError(404)
		update(other, id).WantError(404)
		update(p.Name(), id).WantError(404)
	})
}

// updateRefused updates a claim with each good value of a field, then with each
// bad one, which is refused and leaves the claim as it was.
func updateRefused(ctx context.Context, p *Peer, field string, good, bad L) {
	queue, ttl := p.NewQueue(ctx), p.Limit("min_claim_ttl")+1
	ids := p.Post(ctx, queue, "leased")
	id, _ := p.Claim(ctx, queue, M{"limit": 1})
	update := func(v any) *Answer {
		return p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl, field: v})
	}
	for _, v := range good {
		update(v).WantStatus(204)
	}
	p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl + 1}).WantStatus(204)

	for _, v := range bad {
		update(v).WantError(400)
	}
	p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
		Want("body.ttl", ttl+1).
		Want("body.messages[*].id", ids)
}

func claimDelete(s *suite) {
	s.check(spec.CLM28, "whether-or-not-it-was-there", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Post(ctx, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})

		for range 2 {
			p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)
		}
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": p.NewClient()}).WantStatus(204)
		p.Do(ctx, "claim_delete", M{"queue_name": p.Name(), "claim_id": id}).WantStatus(204)
	})

	s.checkWith(spec.CLM39, "in-another-queue", Rule{Labels: []string{Isolation}}, func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased")
		p.Post(ctx, other, "free")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})

		for _, in := range []string{other, p.Name()} {
			p.Do(ctx, "claim_delete", M{"queue_name": in, "claim_id": id}).WantStatus(204)
			wantHeld(ctx, p, queue, id, ids[0])
		}
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	})

	apart := Rule{NeedsOwnProject: true, Labels: []string{Isolation, Security}}
	s.checkWith(spec.CLM39, "in-another-project", apart, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})
		other := p.In(p.NewProject())
		other.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)

		other.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)
		wantHeld(ctx, p, queue, id, ids[0])
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.checkWith(spec.CLM29, "messages-free-and-claim-gone", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2)
		id, _ := p.Claim(ctx, queue, M{"limit": 2})

		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantError(404)
		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": p.Limit("min_claim_ttl")}).WantError(404)
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(204)
		claimed(ctx, p, queue, 2).Want("body.messages[*].id", ids[1:])
	})
}
