// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// A server that counts whole seconds may end a life a second early; three
// seconds late is late. A step that finds something alive runs before early, one
// that finds it gone runs at late.
const (
	early = -2 * time.Second
	late  = 3 * time.Second
)

// life is the least that a limit permits, but no less than leaves time to look
// at what lives: a case in which time passes needs a length between early and late.
func life(p *Peer, limit string) int64 { return max(20, p.Limit(limit)) }

// lasting posts the bodies as messages that outlive every step of a case.
func lasting(ctx context.Context, p *Peer, queue string, bodies ...any) []string {
	messages := make([]M, len(bodies))
	for i, b := range bodies {
		messages[i] = M{"body": b, "ttl": p.Limit("max_message_ttl")}
	}
	return p.PostMessages(ctx, queue, messages...)
}

// claimLife are the cases in which time passes.
func claimLife(s *suite) {
	s.wait(spec.CLM10, "free-after-the-ttl", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		ids := lasting(ctx, p, queue, "leased")
		p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).
				Want("body.messages[*].id", ids)
			claimed(ctx, p, queue, 1).Want("body.messages[*].id", ids)
		}}}
	})

	s.waitWith(spec.CLM16, "back-to-their-old-place-after-the-ttl", Rule{}.holding(2), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		ids := lasting(ctx, p, queue, "leased", "free")
		p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
			claimed(ctx, p, queue, 1).Want("body.messages[*].id", ids[:1])
			claimed(ctx, p, queue, 1).Want("body.messages[*].id", ids[1:])
		}}}
	})

	s.wait(spec.CLM11, "leased-until-the-ttl", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		ids := lasting(ctx, p, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})

		return []Step{{At: seconds(ttl) + 3*early, Until: seconds(ttl) + early, Do: func(ctx context.Context) {
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
			p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[0]}).WantError(403)
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
				Want("body.messages[*].id", ids)
		}}}
	})

	s.wait(spec.CLM13, "a-life-as-long-as-promised", func(ctx context.Context, p *Peer) []Step {
		queue, short := p.NewQueue(ctx), life(p, "min_message_ttl")
		ids := p.PostMessages(ctx, queue, M{"ttl": short, "body": "short"})
		ttl, grace := min(life(p, "min_claim_ttl")+short, p.Limit("max_claim_ttl")), p.Limit("min_claim_grace")
		lease := M{"queue_name": queue, "limit": 1, "ttl": ttl, "grace": grace}
		id := p.Do(ctx, "claim_create", lease).WantStatus(201).
			Want("body.messages[0].ttl", AtLeast(ttl+grace)).Text("body.claim_id")

		return []Step{{At: seconds(short) + late, Until: seconds(ttl) + early, Do: func(ctx context.Context) {
			p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(200).
				Want("body.messages.id", ids[0])
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
				Want("body.messages[*].id", ids)
		}}}
	})

	s.wait(spec.CLM14, "a-life-until-the-grace-has-passed", func(ctx context.Context, p *Peer) []Step {
		queue, ttl, grace := p.NewQueue(ctx), max(life(p, "min_claim_ttl"), p.Limit("min_message_ttl")), p.Limit("max_claim_grace")
		short := ttl + 2 // the claim has ended, and the grace has not passed
		ids := p.PostMessages(ctx, queue, M{"ttl": short, "body": "ends soon after its claim"})
		p.Claim(ctx, queue, M{"ttl": ttl, "grace": grace})

		return []Step{{At: seconds(short) + late, Until: seconds(ttl+grace) + early, Do: func(ctx context.Context) {
			got(ctx, p, queue, ids[0]).Want("body.messages.id", ids[0])
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(201).Want("body.messages[*].id", ids)
		}}}
	})

	s.wait(spec.CLM15, "the-rest-of-a-life", func(ctx context.Context, p *Peer) []Step {
		queue, ttl, grace := p.NewQueue(ctx), p.Limit("max_claim_ttl"), p.Limit("min_claim_grace")
		short := max(ttl/2, p.Limit("min_message_ttl"))
		ids := p.PostMessages(ctx, queue, M{"ttl": short, "body": "short"})

		return []Step{{At: 10 * time.Second, Until: seconds(short) + early, Do: func(ctx context.Context) {
			a := p.Do(ctx, "claim_create", M{"queue_name": queue, "ttl": ttl, "grace": grace}).WantStatus(201)
			rest := func(a *Answer, message string) {
				p.Want("ttl less age of the message", a.Int(message+".ttl")-a.Int(message+".age"), Between(ttl+grace-5, ttl+grace+1))
			}
			rest(a, "body.messages[0]")
			rest(p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": a.Text("body.claim_id")}), "body.messages[0]")
			rest(got(ctx, p, queue, ids[0]), "body.messages")
		}}}
	})

	s.wait(spec.CLM19, "getting-a-claim-that-ended", func(ctx context.Context, p *Peer) []Step {
		return afterItsEnd(ctx, p, "claim_get")
	})

	s.wait(spec.CLM19, "updating-a-claim-that-ended", func(ctx context.Context, p *Peer) []Step {
		return afterItsEnd(ctx, p, "claim_update")
	})

	s.wait(spec.CLM22, "a-new-life", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
		ids := lasting(ctx, p, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})

		return []Step{
			{At: seconds(ttl) + 5*early, Until: seconds(ttl) + early, Do: func(ctx context.Context) {
				p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl}).WantStatus(204)
				p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
					Want("body.age", AtMost(ttl/2)).
					Want("body.ttl", ttl)
			}},
			{At: seconds(ttl) + late, Until: seconds(2*ttl) + 6*early, Do: func(ctx context.Context) {
				p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
					Want("body.messages[*].id", ids)
				p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
			}},
		}
	})

	s.wait(spec.CLM27, "a-longer-life", func(ctx context.Context, p *Peer) []Step {
		queue, short := p.NewQueue(ctx), life(p, "min_message_ttl")
		ids := p.PostMessages(ctx, queue, M{"ttl": short, "body": "short"})
		id, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": life(p, "min_claim_ttl")})
		ttl, grace := p.Limit("max_claim_ttl"), p.Limit("min_claim_grace")
		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": id, "ttl": ttl, "grace": grace}).WantStatus(204)

		return []Step{{At: seconds(short) + 2*late, Until: seconds(ttl) + early, Do: func(ctx context.Context) {
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
				Want("body.messages[*].id", ids).
				Want("body.messages[0].ttl", AtLeast(ttl+grace))
		}}}
	})
}

// afterItsEnd asks for a claim when its ttl has passed.
func afterItsEnd(ctx context.Context, p *Peer, action string) []Step {
	queue, ttl := p.NewQueue(ctx), life(p, "min_claim_ttl")
	lasting(ctx, p, queue, "leased")
	id, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": ttl})
	body := M{"queue_name": queue, "claim_id": id}

	return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
		p.Do(ctx, action, body).WantError(404)
	}}}
}

func claimGet(s *suite) {
	s.checkWith(spec.CLM17, "its-messages-age-and-ttl", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), p.Limit("max_claim_ttl")
		ids := p.Post(ctx, queue, 1, 2, 3)
		id, _ := p.Claim(ctx, queue, M{"limit": 2, "ttl": ttl})

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
			Want("body.ttl", ttl).
			Want("body.age", Between(0, ttl/2)).
			Want("body.messages[*].id", ids[:2]).
			Want("body.messages[*].body", L{1, 2}).
			Want("body.messages[*].claim_id", L{id, id})
	})

	s.check(spec.CLM18, "no-such-claim", func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.NewQueue(ctx)
		lasting(ctx, p, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})
		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": p.NewClient()}).WantError(404)
		p.Do(ctx, "claim_get", M{"queue_name": other, "claim_id": id}).WantError(404)
		p.Do(ctx, "claim_get", M{"queue_name": p.Name(), "claim_id": id}).WantError(404)
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)
		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantError(404)
	})

	s.checkWith(spec.CLM18, "of-another-project", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		lasting(ctx, p, queue, "leased")
		id, _ := p.Claim(ctx, queue, M{"limit": 1})

		other := p.In(p.NewProject())
		other.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		other.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantError(404)
	})

	s.checkWith(spec.CLM20, "when-one-message-is-deleted", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2, 3)
		id, _ := p.Claim(ctx, queue, M{"limit": 3})
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[1], "claim_id": id}).WantStatus(204)

		p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": id}).WantStatus(200).
			Want("body.messages[*].id", L{ids[0], ids[2]})
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.checkWith(spec.CLM21, "when-all-messages-are-deleted", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 1, 2)
		id, _ := p.Claim(ctx, queue, nil)
		body := M{"queue_name": queue, "claim_id": id}
		for _, id := range ids {
			p.Do(ctx, "message_delete", setting(body, "message_id", id)).WantStatus(204)
		}

		p.Do(ctx, "claim_get", body).WantStatus(200).Want("body.messages", Length(0))
		p.Do(ctx, "claim_update", body).WantStatus(204)
	})
}
