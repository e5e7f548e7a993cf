// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// buries is for a case of a queue whose messages go to another one.
func buries() Rule {
	r := roomy()
	r.Needs = []string{"dead_letter"}
	return r
}

// mortal makes a queue whose messages may be claimed so often, and the queue to which
// they go then.
func mortal(ctx context.Context, p *Peer, claims int) (queue, morgue string) {
	morgue = p.NewQueue(ctx)
	return p.NewQueueWith(ctx, M{"_max_claim_count": claims, "_dead_letter_queue": morgue}), morgue
}

// claimAndRelease claims what is free, and gives it back.
func claimAndRelease(ctx context.Context, p *Peer, queue string) {
	claim, _ := p.Claim(ctx, queue, nil)
	p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
}

// leasedAgain judges that messages are leased several times more.
func leasedAgain(ctx context.Context, p *Peer, queue string, times int, ids []string) {
	for range times {
		claim := claimed(ctx, p, queue, 5).Want("body.messages[*].id", ids).Text("body.claim_id")
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
	}
}

// claimedOut posts messages, claims them as often as may be once, and has them moved.
func claimedOut(ctx context.Context, p *Peer, queue string, bodies ...any) []string {
	ids := p.Post(ctx, queue, bodies...)
	claimAndRelease(ctx, p, queue)
	p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
	return ids
}

func claimDead(s *suite) {
	s.checkWith(spec.CLM31, "claimed-often-enough", buries(), func(ctx context.Context, p *Peer) {
		queue, morgue := mortal(ctx, p, 2)
		p.Post(ctx, queue, "a", "b")
		claimAndRelease(ctx, p, queue)
		claimAndRelease(ctx, p, queue)

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		listed(ctx, p, queue, nil).Want("body.messages", Length(0))
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantStatus(200).Want("body.messages.total", 2)
	})

	s.checkWith(spec.CLM31, "beside-others", buries(), func(ctx context.Context, p *Peer) {
		queue, _ := mortal(ctx, p, 1)
		p.Post(ctx, queue, "claimed once")
		claimAndRelease(ctx, p, queue)
		fresh := p.Post(ctx, queue, "never claimed")

		claimed(ctx, p, queue, 5).Want("body.messages[*].id", fresh)
	})

	s.checkWith(spec.CLM31, "more-of-them-than-the-limit", buries(), func(ctx context.Context, p *Peer) {
		queue, morgue := mortal(ctx, p, 1)
		p.Post(ctx, queue, "a", "b")
		claimAndRelease(ctx, p, queue)
		fresh := p.Post(ctx, queue, "never claimed")

		claimed(ctx, p, queue, 1).Want("body.messages[*].id", fresh)
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantStatus(200).Want("body.messages.total", 2)
	})

	s.checkWith(spec.CLM4, "no-claim-of-what-is-moved-no-id", buries(), func(ctx context.Context, p *Peer) {
		queue, _ := mortal(ctx, p, 1)
		p.Post(ctx, queue, 1)
		claimAndRelease(ctx, p, queue)

		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204).WantAbsent("body.claim_id")
	})

	s.checkWith(spec.CLM32, "until-then", buries(), func(ctx context.Context, p *Peer) {
		queue, morgue := mortal(ctx, p, 3)
		ids := p.Post(ctx, queue, "a", "b")

		leasedAgain(ctx, p, queue, 3, ids)
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantStatus(200).Want("body.messages.total", 0)
	})

	s.checkWith(spec.CLM32, "renewed-and-seen", buries(), func(ctx context.Context, p *Peer) {
		queue, _ := mortal(ctx, p, 2)
		ids := p.Post(ctx, queue, "a")
		claim, _ := p.Claim(ctx, queue, nil)
		for range 2 {
			p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": claim}).WantStatus(200)
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		}
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)

		leasedAgain(ctx, p, queue, 1, ids)
	})

	s.checkWith(spec.CLM32, "with-nowhere-to-go", buries(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"_max_claim_count": 1})
		ids := p.Post(ctx, queue, "a", "b")

		leasedAgain(ctx, p, queue, 3, ids)
	})

	s.checkWith(spec.CLM40, "as-often-as-any-other-there", buries(), func(ctx context.Context, p *Peer) {
		second, last := mortal(ctx, p, 2)
		first := p.NewQueueWith(ctx, M{"_max_claim_count": 1, "_dead_letter_queue": second})
		claimedOut(ctx, p, first, "a")

		for range 2 {
			claim := claimed(ctx, p, second, 5).Want("body.messages[*].body", L{"a"}).Text("body.claim_id")
			p.Do(ctx, "claim_delete", M{"queue_name": second, "claim_id": claim}).WantStatus(204)
		}
		p.Do(ctx, "claim_create", M{"queue_name": second}).WantStatus(204)
		p.Do(ctx, "queue_get_stats", M{"queue_name": last}).WantStatus(200).Want("body.messages.total", 1)
	})

	s.checkWith(spec.CLM33, "made-and-free", buries(), func(ctx context.Context, p *Peer) {
		morgue := p.Name()
		queue := p.NewQueueWith(ctx, M{"_max_claim_count": 1, "_dead_letter_queue": morgue})
		wantNoQueue(ctx, p, morgue)
		claimedOut(ctx, p, queue, "a", "b")

		listed(ctx, p, morgue, nil).Want("body.messages[*].body", Unordered("a", "b"))
		claimed(ctx, p, morgue, 5).Want("body.messages[*].body", Unordered("a", "b"))
	})

	for i, slug := range []string{"none", "fewer-than-none", "null"} {
		count := L{0, -1, nil}[i]
		s.checkWith(spec.CLM34, slug, buries(), func(ctx context.Context, p *Peer) {
			queue, morgue := p.Name(), p.NewQueue(ctx)
			metadata := M{"_max_claim_count": count, "_dead_letter_queue": morgue}
			p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantStatus(201, 400)
			ids := p.Post(ctx, queue, "a", "b")

			leasedAgain(ctx, p, queue, 2, ids)
			deletions(ctx, p, queue, M{"pop": 1}).WantStatus(200).Want("body.messages[*].id", ids[:1])
			p.Do(ctx, "queue_purge", M{"queue_name": queue}).WantStatus(204)
			listed(ctx, p, queue, nil).Want("body.messages", Length(0))
			p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantStatus(200).Want("body.messages.total", 0)
		})
	}

	s.checkWith(spec.CLM38, "itself-and-names-of-no-queue", buries(), func(ctx context.Context, p *Peer) {
		for i := range 4 {
			queue := p.Name()
			dead := []string{queue, "", queue + "/", queue + tooLong(p, queue)}[i]
			metadata := M{"_max_claim_count": 1, "_dead_letter_queue": dead}
			p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantStatus(201, 400)
			ids := p.Post(ctx, queue, "a", "b")

			leasedAgain(ctx, p, queue, 2, ids)
			listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
		}
	})

	s.checkWith(spec.CLM36, "counted-once", buries(), func(ctx context.Context, p *Peer) {
		queue, morgue := mortal(ctx, p, 1)
		claimedOut(ctx, p, queue, "a", "b")

		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(0, 0))
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantStatus(200).Want("body.messages", counts(2, 0))
		listed(ctx, p, queue, M{"include_claimed": true, "marker": ""}).Want("body.messages", Length(0))
	})

	s.checkWith(spec.CLM36, "by-its-id", buries(), func(ctx context.Context, p *Peer) {
		queue, _ := mortal(ctx, p, 1)
		ids := claimedOut(ctx, p, queue, "a")

		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantError(404)
	})

	s.checkWith(spec.CLM37, "as-it-was-posted", buries(), func(ctx context.Context, p *Peer) {
		queue, morgue := mortal(ctx, p, 1)
		first := p.Post(ctx, queue, M{"a": L{1.0, nil}})
		second := p.Post(ctx, morgue, "posted here")
		claimAndRelease(ctx, p, queue)
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)

		listed(ctx, p, morgue, nil).
			Want("body.messages[*].id", L{first[0], second[0]}).
			Want("body.messages[0].body", M{"a": L{1.0, nil}})
	})
}

// claimDeadLife are the cases of how long a moved message lives.
func claimDeadLife(s *suite) {
	alive := func(ctx context.Context, p *Peer, morgue string, n int) {
		listed(ctx, p, morgue, M{"include_claimed": true, "marker": ""}).Want("body.messages", Length(n))
	}
	moved := func(ctx context.Context, p *Peer, ttl int64, more M) (morgue string) {
		morgue = p.NewQueue(ctx)
		queue := p.NewQueueWith(ctx, with(M{"_max_claim_count": 1, "_dead_letter_queue": morgue}, more))
		p.PostMessages(ctx, queue, M{"ttl": ttl, "body": 1})
		least := M{"queue_name": queue, "ttl": p.Limit("min_claim_ttl"), "grace": p.Limit("min_claim_grace")}
		claim, _ := p.Claim(ctx, queue, least) // which lengthens no life by more than it has to
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
		p.Do(ctx, "claim_create", least).WantStatus(204)
		return morgue
	}

	s.waitWith(spec.CLM35, "shorter-than-it-was", buries(), func(ctx context.Context, p *Peer) []Step {
		short := life(p, "min_message_ttl")
		morgue := moved(ctx, p, p.Limit("max_message_ttl"), M{"_dead_letter_queue_messages_ttl": short})

		return []Step{
			{At: seconds(short) + 3*early, Until: seconds(short) + early, Do: func(ctx context.Context) { alive(ctx, p, morgue, 1) }},
			{At: seconds(short) + late, Do: func(ctx context.Context) { alive(ctx, p, morgue, 0) }},
		}
	})

	s.waitWith(spec.CLM35, "longer-than-it-was", buries(), func(ctx context.Context, p *Peer) []Step {
		short := life(p, "min_message_ttl")
		morgue := moved(ctx, p, short, M{"_dead_letter_queue_messages_ttl": p.Limit("max_message_ttl")})
		most := max(short, p.Limit("min_claim_ttl")+p.Limit("min_claim_grace"))

		return []Step{{At: seconds(most) + late, Do: func(ctx context.Context) { alive(ctx, p, morgue, 1) }}}
	})

	s.waitWith(spec.CLM35, "as-it-was", buries(), func(ctx context.Context, p *Peer) []Step {
		ttl := max(life(p, "min_message_ttl"), p.Limit("min_claim_ttl")+p.Limit("min_claim_grace"))
		morgue := moved(ctx, p, ttl, nil)

		return []Step{
			{At: seconds(ttl) + 3*early, Until: seconds(ttl) + early, Do: func(ctx context.Context) { alive(ctx, p, morgue, 1) }},
			{At: seconds(ttl) + late, Do: func(ctx context.Context) { alive(ctx, p, morgue, 0) }},
		}
	})
}
