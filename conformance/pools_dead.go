// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// buriesInPools is for a case of pools whose queues have dead letters.
func buriesInPools() Rule { return Rule{Needs: []string{"pools", "dead_letter"}, As: pooling.As} }

func placedTogether(s *suite) {
	dying := buriesInPools()
	placedApart(s)
	placedBeside(s)

	// bury makes a queue of a flavor with a message that is a dead letter already.
	bury := func(ctx context.Context, p *Peer, flavor, morgue string) (queue string) {
		queue = p.NewQueueWith(ctx, M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue})
		p.Post(ctx, queue, "dead")
		claim, _ := p.Claim(ctx, queue, nil)
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		return queue
	}

	s.checkWith(spec.POL37, "made-by-its-first-letter", dying, func(ctx context.Context, p *Peer) {
		pool, morgue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		queue := bury(ctx, p, flavor, morgue)
		p.Do(ctx, "message_list", M{"queue_name": morgue, "echo": true}).WantStatus(200).Want("body.messages[*].body", L{"dead"})
		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.wantLived(ctx, flavor, pool, true)
		p.Do(ctx, "queue_delete", M{"queue_name": morgue}).WantStatus(204)
		p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantStatus(204)
	})

	s.checkWith(spec.POL37, "made-by-hand", dying, func(ctx context.Context, p *Peer) {
		pool, morgue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		queue := p.NewQueueWith(ctx, M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue})
		p.Do(ctx, "queue_create", M{"queue_name": morgue}).WantStatus(201)
		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.wantLived(ctx, flavor, pool, true)
	})
}

// placedApart are the cases of dead letters that live elsewhere.
func placedApart(s *suite) {
	dying := buriesInPools()

	s.checkWith(spec.POL37, "one-that-lives-elsewhere", dying, func(ctx context.Context, p *Peer) {
		pool, morgue, queue := p.NewPool(ctx), p.NewQueue(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		metadata := M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue}
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantError(409)
		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantError(404)
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": lacking(metadata, "_dead_letter_queue")}).WantStatus(201)
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantStatus(204)
	})

	s.checkWith(spec.POL37, "one-whose-own-letters-live-elsewhere", dying, func(ctx context.Context, p *Peer) {
		pool, morgue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		p.NewQueueWith(ctx, M{"_flavor": flavor, "_dead_letter_queue": morgue})
		metadata := M{"_max_claim_count": 1, "_dead_letter_queue": p.NewQueue(ctx)}
		p.Do(ctx, "queue_create", M{"queue_name": morgue, "metadata": metadata}).WantError(409)
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantError(404)
		p.Do(ctx, "queue_create", M{"queue_name": morgue}).WantStatus(201)
	})

	updating := Rule{Needs: append(dying.Needs, "queue_update"), As: pooling.As}
	s.checkWith(spec.POL37, "by-an-update", updating, func(ctx context.Context, p *Peer) {
		pool, morgue := p.NewPool(ctx), p.NewQueue(ctx)
		_, queue := p.settled(ctx, pool)
		patch := func(name string) M {
			return M{"queue_name": queue, "patch": L{M{"op": "add", "path": "/metadata/_dead_letter_queue", "value": name}}}
		}
		p.Do(ctx, "queue_update", patch(morgue)).WantError(409)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).WantAbsent("body._dead_letter_queue")
		p.Do(ctx, "queue_update", patch(p.Name())).WantStatus(200)
	})

	s.checkWith(spec.POL37, "until-its-queue-names-another", updating, func(ctx context.Context, p *Peer) {
		pool, morgue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		queue := p.NewQueueWith(ctx, M{"_flavor": flavor, "_dead_letter_queue": morgue})
		patch := L{M{"op": "replace", "path": "/metadata/_dead_letter_queue", "value": p.Name()}}
		p.Do(ctx, "queue_update", M{"queue_name": queue, "patch": patch}).WantStatus(200)
		metadata := M{"_dead_letter_queue": morgue}
		p.Do(ctx, "queue_create", M{"queue_name": p.Name(), "metadata": metadata}).WantStatus(201)
	})
}

// namedNoMore returns the only pool of a flavor, and the name of a queue for dead letters
// that a queue there named until it was deleted.
func (p *Peer) namedNoMore(ctx context.Context) (pool, flavor, other string) {
	pool, other = p.NewPool(ctx), p.Name()
	flavor = p.NewFlavor(ctx, pool)
	p.weigh(ctx, 1, pool)
	queue := p.NewQueueWith(ctx, M{"_flavor": flavor, "_dead_letter_queue": other})
	p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
	return pool, flavor, other
}

// placedBeside are the cases of what dead letters do to where a queue lives.
func placedBeside(s *suite) {
	dying := buriesInPools()

	s.checkWith(spec.POL37, "until-no-queue-names-it", dying, func(ctx context.Context, p *Peer) {
		pool, flavor, other := p.namedNoMore(ctx)
		p.wantLived(ctx, flavor, pool, false)
		p.Do(ctx, "queue_create", M{"queue_name": other}).WantStatus(201)
	})

	s.checkWith(spec.POL29, "when-no-queue-names-it", dying, func(ctx context.Context, p *Peer) {
		pool, flavor, other := p.namedNoMore(ctx)
		p.Do(ctx, "queue_create", M{"queue_name": other}).WantStatus(201)
		p.wantLived(ctx, flavor, pool, false)
	})

	s.checkWith(spec.POL38, "to-where-its-dead-letters-live", dying, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor, morgue := p.settled(ctx, a, b)
		p.weigh(ctx, 1, a)
		p.weigh(ctx, 1<<32-1, b) // where each would go without it
		for range 3 {
			metadata := M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue}
			p.Do(ctx, "queue_create", M{"queue_name": p.Name(), "metadata": metadata}).WantStatus(201)
		}
		p.weigh(ctx, 0, a)
		p.wantLived(ctx, flavor, b, false)
	})

	namedAtOnce(s)

	s.checkWith(spec.POL39, "another-flavor-for-a-name-that-is-kept", dying, func(ctx context.Context, p *Peer) {
		a, b, morgue := p.NewPool(ctx), p.NewPool(ctx), p.Name()
		flavor, other := p.NewFlavor(ctx, a), p.NewFlavor(ctx, b)
		p.weigh(ctx, 1, a, b)
		p.NewQueueWith(ctx, M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue})
		p.Do(ctx, "queue_create", M{"queue_name": morgue, "metadata": M{"_flavor": other}}).WantError(409)
		p.Do(ctx, "queue_get_stats", M{"queue_name": morgue}).WantError(404)
		p.Do(ctx, "queue_create", M{"queue_name": morgue, "metadata": M{"_flavor": flavor}}).WantStatus(201)
		p.wantLived(ctx, other, b, false)
	})
}

func namedAtOnce(s *suite) {
	atOnce := buriesInPools()
	atOnce.Labels, atOnce.Live = []string{Concurrency}, true
	s.checkWith(spec.POL38, "named-by-many-at-once", atOnce, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, a, b)
		p.weigh(ctx, 1, a, b)
		const rounds, clients = 8, 8
		morgues, queues := make([]string, rounds), make([][]string, clients)
		for round := range morgues {
			morgues[round] = p.Name()
			for i := range queues {
				queues[i] = append(queues[i], p.Name())
			}
		}
		p.Together(ctx, clients, func(ctx context.Context, i int, p *Peer) {
			for round, morgue := range morgues {
				metadata := M{"_flavor": flavor, "_max_claim_count": 1, "_dead_letter_queue": morgue}
				p.Do(ctx, "queue_create", M{"queue_name": queues[i][round], "metadata": metadata}).WantStatus(201)
			}
		})
	})
}
