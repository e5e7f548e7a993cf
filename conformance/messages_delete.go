// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// deletion is a message_delete, to be judged; a claim that is empty is left out.
func deletion(ctx context.Context, p *Peer, queue, id, claim string) *Answer {
	body := M{"queue_name": queue, "message_id": id, "claim_id": claim}
	if claim == "" {
		delete(body, "claim_id")
	}
	return p.Do(ctx, "message_delete", body)
}

// messageDelete are the cases of message_delete.
func messageDelete(s *suite) {
	s.check(spec.MSG41, "there-or-not", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Post(ctx, queue, "unwanted")[0]

		deletion(ctx, p, queue, id, "").WantStatus(204)
		deletion(ctx, p, queue, id, "").WantStatus(204)
		deletion(ctx, p, queue, p.NewClient(), "").WantStatus(204)
		deletion(ctx, p, queue, "nonesuch", "").WantStatus(204)
		deletion(ctx, p, p.Name(), id, "").WantStatus(204)
	})

	s.checkWith(spec.MSG41, "under-any-claim", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "done", "leased")
		claim, _ := p.Claim(ctx, queue, M{"limit": 2})
		deletion(ctx, p, queue, ids[0], claim).WantStatus(204)

		for _, other := range []string{claim, p.NewClient()} {
			deletion(ctx, p, queue, ids[0], other).WantStatus(204)
			deletion(ctx, p, queue, p.NewClient(), other).WantStatus(204)
			deletion(ctx, p, p.Name(), ids[1], other).WantStatus(204)
		}
		wantHeld(ctx, p, queue, claim, ids[1])
	})

	s.checkWith(spec.MSG42, "one-that-was-free", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, "unwanted", 2)

		deletion(ctx, p.As(p.NewClient()), queue, ids[1], "").WantStatus(204)
		wantGone(ctx, p, queue, ids[1], []string{ids[0], ids[2]})
	})

	s.checkWith(spec.MSG42, "one-that-was-claimed", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "done", 1)
		claim, _ := p.Claim(ctx, queue, nil)

		deletion(ctx, p, queue, ids[0], claim).WantStatus(204)
		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": claim}).WantStatus(200).
			Want("body.messages[*].id", ids[1:])
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
		wantGone(ctx, p, queue, ids[0], ids[1:])
	})

	s.checkWith(spec.MSG42, "one-of-many", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, "unwanted", 2, "unwanted")

		p.Do(ctx, "message_delete_many", M{"queue_name": queue, "message_ids": L{ids[3], ids[1]}}).WantStatus(204)
		wantGone(ctx, p, queue, ids[1], []string{ids[0], ids[2]})
	})

	s.check(spec.MSG43, "claimed-and-no-claim-named", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "free")
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})

		deletion(ctx, p, queue, ids[1], "").WantStatus(204)
		deletion(ctx, p, queue, ids[0], "").WantError(403)
		deletion(ctx, p.Another(ctx).As(p.NewClient()), queue, ids[0], "").WantError(403)
		wantHeld(ctx, p, queue, claim, ids[0])
	})

	s.checkWith(spec.MSG44, "by-its-claim", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		claim, _ := p.Claim(ctx, queue, nil)

		deletion(ctx, p, queue, ids[1], claim).WantStatus(204)
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}).WantError(404)
		wantHeld(ctx, p, queue, claim, ids[0])
		deletion(ctx, p, queue, ids[0], claim).WantStatus(204)
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantError(404)
	})

	wrongClaims(s, spec.MSG45, []int{400, 403}, []int{400, 403})
	wrongClaims(s, spec.MSG46, []int{403}, []int{400})
}

// wantHeld judges that a claim holds one message, which is still there.
func wantHeld(ctx context.Context, p *Peer, queue, claim, id string) {
	got(ctx, p, queue, id)
	p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": claim}).WantStatus(200).Want("body.messages[*].id", L{id})
}

// wrongClaims are the cases of a message_delete with a claim that does not hold
// the message: another one of the queue, or none at all.
func wrongClaims(s *suite, id spec.ID, another, none []int) {
	s.check(id, "another-claim", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		first, _ := p.Claim(ctx, queue, M{"limit": 1})
		second, _ := p.Claim(ctx, queue, M{"limit": 1})

		deletion(ctx, p, queue, ids[0], second).WantError(another...)
		wantHeld(ctx, p, queue, first, ids[0])
		wantHeld(ctx, p, queue, second, ids[1])
	})

	s.check(id, "no-such-claim", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})
		ended, _ := p.Claim(ctx, queue, M{"limit": 1})
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": ended}).WantStatus(204)

		for _, wrong := range []string{p.NewClient(), "nonesuch", ids[0], ended} {
			deletion(ctx, p, queue, ids[0], wrong).WantError(none...)
		}
		wantHeld(ctx, p, queue, claim, ids[0])
	})

	s.check(id, "claimed-by-nobody", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		ended, _ := p.Claim(ctx, queue, M{"limit": 1})
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": ended}).WantStatus(204)

		for _, wrong := range []string{p.NewClient(), "nonesuch", ended} {
			deletion(ctx, p, queue, ids[0], wrong).WantError(none...)
		}
		got(ctx, p, queue, ids[0])
	})

	s.wait(id, "a-claim-that-ended-by-its-ttl", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		message := lasting(ctx, p, queue, "leased")[0]
		ended, _ := p.Claim(ctx, queue, M{"ttl": ttl})

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			deletion(ctx, p, queue, message, ended).WantError(none...)
			got(ctx, p, queue, message)
		}}}
	})

	s.check(id, "a-claim-on-another-message", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})

		deletion(ctx, p, queue, ids[1], claim).WantError(400, 403)
		got(ctx, p, queue, ids[1])
		wantHeld(ctx, p, queue, claim, ids[0])
	})
}
