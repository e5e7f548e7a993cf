// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// deletions is a message_delete_many, to be judged.
func deletions(ctx context.Context, p *Peer, queue string, args M) *Answer {
	return p.Do(ctx, "message_delete_many", with(M{"queue_name": queue}, args))
}

// manyRefused judges that each of the requests is refused and deletes nothing of
// a queue that holds ids, and nothing else.
func manyRefused(ctx context.Context, p *Peer, queue string, ids []string, bad ...M) {
	for _, args := range bad {
		deletions(ctx, p, queue, args).WantError(400)
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
	}
}

// messageDeleteMany are the cases of message_delete_many by ids, and of what it refuses.
func messageDeleteMany(s *suite) {
	s.checkWith(spec.MSG47, "ids-and-pop-or-neither", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2, 3)
		deletions(ctx, p, queue, M{"message_ids": ids[:1]}).WantStatus(204)
		deletions(ctx, p, queue, M{"pop": 1}).WantStatus(200)

		manyRefused(ctx, p, queue, ids[2:], M{"message_ids": ids[2:3], "pop": 1}, M{}, M{"message_ids": L{p.NewClient()}, "pop": 1})
		p.WantAlive(ctx)
	})

	s.check(spec.MSG48, "too-few-and-too-many-ids", func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), int(p.Limit("max_messages_per_page"))
		ids := p.PostMessages(ctx, queue, posts(most+2)...)
		deletions(ctx, p, queue, M{"message_ids": ids[:1]}).WantStatus(204)
		manyRefused(ctx, p, queue, ids[1:][:most], M{"message_ids": L{}}, M{"message_ids": ids[1:]})

		deletions(ctx, p, queue, M{"message_ids": ids[1:][:most]}).WantStatus(204)
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[1+most:])
		p.WantAlive(ctx)
	})

	s.checkWith(spec.MSG48, "pop-out-of-bounds", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_messages_per_claim_or_pop")
		ids := p.Post(ctx, queue, 0, 1, 2)
		deletions(ctx, p, queue, M{"pop": 1}).WantStatus(200)

		manyRefused(ctx, p, queue, ids[1:],
			M{"pop": 0}, M{"pop": -1}, M{"pop": most + 1}, M{"pop": int64(1)<<32 + 1}, M{"pop": int64(1) << 62})
		deletions(ctx, p, queue, M{"pop": most}).WantStatus(200)
		p.WantAlive(ctx)
	})

	s.checkWith(spec.MSG49, "there-or-not", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2, 3)

		deletions(ctx, p, queue, M{"message_ids": L{p.NewClient(), ids[2], "nonesuch", ids[0], ids[0]}}).WantStatus(204)
		listed(ctx, p, queue, nil).Want("body.messages[*].id", L{ids[1], ids[3]})
		deletions(ctx, p, queue, M{"message_ids": L{ids[2], p.NewClient()}}).WantStatus(204)
		deletions(ctx, p, p.Name(), M{"message_ids": ids}).WantStatus(204)
		listed(ctx, p, queue, nil).Want("body.messages[*].id", L{ids[1], ids[3]})
	})
}

// messageDeleteManyClaimed are the cases of ids of messages that a claim holds.
func messageDeleteManyClaimed(s *suite) {
	s.check(spec.MSG50, "a-claimed-one", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "free")
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})

		deletions(ctx, p, queue, M{"message_ids": ids[1:]}).WantStatus(204)
		deletions(ctx, p, queue, M{"message_ids": ids[:1]}).WantError(403)
		wantHeld(ctx, p, queue, claim, ids[0])
		p.WantAlive(ctx)
	})

	s.checkWith(spec.MSG50, "a-claimed-one-among-free-ones", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "free", "free")
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})

		for _, some := range []L{{ids[1], ids[0], ids[2]}, {ids[0], ids[1]}, {ids[2], p.NewClient(), ids[0]}} {
			deletions(ctx, p, queue, M{"message_ids": some}).WantError(403)
		}
		wantHeld(ctx, p, queue, claim, ids[0])
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[1:])
	})

	looking := roomy()
	looking.Needs = []string{"delete_with_claim"}

	s.checkWith(spec.MSG51, "with-their-claims", looking, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2, "free")
		first, _ := p.Claim(ctx, queue, M{"limit": 1})
		second, _ := p.Claim(ctx, queue, M{"limit": 2})

		deletions(ctx, p, queue, M{"message_ids": ids[1:2], "claim_ids": L{second}}).WantStatus(204)
		deletions(ctx, p, queue, M{"message_ids": L{ids[0], ids[2]}, "claim_ids": L{first, second}}).WantStatus(204)
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).
			Want("body.messages[*].id", ids[3:])
	})

	empty := Rule{Needs: looking.Needs, Labels: []string{Security}}
	s.checkWith(spec.MSG51, "an-empty-list-of-claims", empty.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "leased")
		claim, _ := p.Claim(ctx, queue, nil)
		deletions(ctx, p, queue, M{"message_ids": ids[:1], "claim_ids": L{claim}}).WantStatus(204)

		deletions(ctx, p, queue, M{"message_ids": ids[1:], "claim_ids": L{}}).WantError(400)
		wantHeld(ctx, p, queue, claim, ids[1])
	})

	s.checkWith(spec.MSG63, "no-claim-or-another-one", looking, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "leased to another", "free")
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})
		other, _ := p.Claim(ctx, queue, M{"limit": 1})

		for _, claims := range []L{{}, {other}, {p.NewClient()}} {
			deletions(ctx, p, queue, M{"message_ids": L{ids[2], ids[0]}, "claim_ids": claims}).WantError(400, 403)
		}
		wantHeld(ctx, p, queue, claim, ids[0])
		got(ctx, p, queue, ids[2])
	})

	secure := roomy()
	secure.Needs, secure.Labels = looking.Needs, []string{Security}
	s.checkWith(spec.MSG63, "one-of-two-claims", secure, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "leased", "leased to another", "free")
		first, _ := p.Claim(ctx, queue, M{"limit": 1})
		second, _ := p.Claim(ctx, queue, M{"limit": 1})

		for _, some := range []L{{ids[0], ids[1], ids[2]}, {ids[1], ids[0]}} {
			for _, claim := range []string{first, second} {
				deletions(ctx, p, queue, M{"message_ids": some, "claim_ids": L{claim}}).WantError(400, 403)
			}
		}
		wantHeld(ctx, p, queue, first, ids[0])
		wantHeld(ctx, p, queue, second, ids[1])
		got(ctx, p, queue, ids[2])
	})
}

// messagePop are the cases of message_delete_many with pop.
func messagePop(s *suite) {
	s.checkWith(spec.MSG52, "the-first-posted-first", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "c", "a", "b", nil, 1)

		a := deletions(ctx, p, queue, M{"pop": 3}).WantStatus(200)
		a.Want("body.messages[*].id", ids[:3])
		a.Want("body.messages[*].body", L{"c", "a", "b"})
		a.Want("body.messages", Each(Having(M{"ttl": p.Limit("default_message_ttl"), "age": Between(0, 30)})))
		wantGone(ctx, p, queue, ids[1], ids[3:])
	})

	s.checkWith(spec.MSG52, "more-than-there-are", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_messages_per_claim_or_pop")
		ids := p.Post(ctx, queue, 0, 1)

		deletions(ctx, p.As(p.NewClient()), queue, M{"pop": most}).WantStatus(200).Want("body.messages[*].id", ids)
		deletions(ctx, p, queue, M{"pop": most}).WantStatus(200).Want("body.messages", L{})
		deletions(ctx, p, p.Name(), M{"pop": most}).WantStatus(200).Want("body.messages", L{})
		wantGone(ctx, p, queue, ids[0], []string{})
	})

	s.checkWith(spec.MSG52, "not-the-claimed-ones", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := claimedFrom(ctx, p, queue, 1, 1, 2)

		deletions(ctx, p, queue, M{"pop": 2}).WantStatus(200).Want("body.messages[*].id", L{ids[0], ids[2]})
		deletions(ctx, p, queue, M{"pop": 2}).WantStatus(200).Want("body.messages[*].id", ids[3:])
		got(ctx, p, queue, ids[1])
	})
}
