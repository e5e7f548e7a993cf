// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// wantLived judges whether queues live in a pool, by whether it can go. What was its
// flavor is ended.
func (p *Peer) wantLived(ctx context.Context, flavor, pool string, lived bool) {
	p.weigh(ctx, 0, pool)
	p.Do(ctx, "flavor_delete", M{"flavor_name": flavor}).WantStatus(204)
	a := p.Do(ctx, "pool_delete", M{"pool_name": pool})
	if lived {
		a.WantError(403)
	} else {
		a.WantStatus(204)
	}
}

func placement(s *suite) {
	placedByFlavor(s)
	placedByWeight(s)
	placedForGood(s)
	placedTogether(s)
}

func placedByFlavor(s *suite) {
	s.checkWith(spec.POL27, "a-queue-of-a-flavor", pooling, func(ctx context.Context, p *Peer) {
		pool, queue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": flavor, "a": 1}}).WantStatus(201)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(M{"_flavor": flavor, "a": 1}))
		p.wantLived(ctx, flavor, pool, true)
	})

	s.checkWith(spec.POL28, "flavors-that-do-not-exist", pooling, func(ctx context.Context, p *Peer) {
		pool, queue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1, pool)
		for _, bad := range (L{p.scene.fresh(), pool, flavor + " ", 7, true, L{flavor}, M{"name": flavor}}) {
			p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": bad}}).WantError(400)
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantError(404)
		}
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": flavor}}).WantStatus(201)
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": p.scene.fresh()}}).WantStatus(204, 400)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body._flavor", flavor)
	})

	s.checkWith(spec.POL29, "queues-of-no-flavor", pooling, func(ctx context.Context, p *Peer) {
		pool := p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, pool)
		p.weigh(ctx, 1<<32-1, pool)
		for range 3 {
			p.Do(ctx, "queue_create", M{"queue_name": p.Name()}).WantStatus(201)
			p.Do(ctx, "queue_create", M{"queue_name": p.Name(), "metadata": M{"flavor": flavor}}).WantStatus(201)
			p.Do(ctx, "message_post", M{"queue_name": p.Name(), "messages": L{M{"body": 1}}}).WantStatus(201)
		}
		p.wantLived(ctx, flavor, pool, false)
	})
}

// create makes so many queues of a flavor.
func (p *Peer) create(ctx context.Context, n int, flavor string) {
	for range n {
		p.Do(ctx, "queue_create", M{"queue_name": p.Name(), "metadata": M{"_flavor": flavor}}).WantStatus(201)
	}
}

func placedByWeight(s *suite) {
	s.checkWith(spec.POL30, "a-pool-without-weight", pooling, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, a, b)
		p.weigh(ctx, 1, b)
		p.create(ctx, 8, flavor)
		p.weigh(ctx, 0, b)
		p.wantLived(ctx, flavor, a, false)
	})

	s.checkWith(spec.POL31, "pools-of-one-weight", pooling, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, a, b)
		p.weigh(ctx, 3, a, b)
		p.create(ctx, 32, flavor) // all in one of them: once in two thousand million runs
		p.weigh(ctx, 0, b)
		p.wantLived(ctx, flavor, a, true)
		p.wantLived(ctx, flavor, b, true)
	})

	s.checkWith(spec.POL35, "no-pool-of-any-weight", pooling, func(ctx context.Context, p *Peer) {
		pool, queue := p.NewPool(ctx), p.Name()
		flavor := p.NewFlavor(ctx, pool)
		create := M{"queue_name": queue, "metadata": M{"_flavor": flavor}}
		p.Do(ctx, "queue_create", create).WantError(503)
		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantError(404)
		p.weigh(ctx, 1, pool)
		p.Do(ctx, "queue_create", create).WantStatus(201)
	})
}

func placedForGood(s *suite) {
	s.checkWith(spec.POL32, "after-everything-else-has-changed", pooling.holding(2), func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor, queue := p.settled(ctx, a)
		ids := p.Post(ctx, queue, 0, 1)
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})
		found := func() {
			p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}).WantStatus(200)
			p.Do(ctx, "claim_get", M{"queue_name": queue, "claim_id": claim}).WantStatus(200).Want("body.messages[*].id", ids[:1])
			p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": flavor}}).WantStatus(204)
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages.total", 2)
		}
		found()
		p.Do(ctx, "flavor_update", M{"flavor_name": flavor, "pool_list": L{b}}).WantStatus(200)
		p.weigh(ctx, 1, b)
		found()
		p.weigh(ctx, 0, b)
		p.Do(ctx, "flavor_delete", M{"flavor_name": flavor}).WantStatus(204)
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}).WantStatus(200)
		p.Do(ctx, "message_delete", M{"queue_name": queue, "message_id": ids[0], "claim_id": claim}).WantStatus(204)
		ids = append(ids[1:], p.Post(ctx, queue, 2)...)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages[*].id", ids)
		p.Do(ctx, "pool_delete", M{"pool_name": b}).WantStatus(204)
	})

	placedAtOnce(s)
	listedTogether(s)
}

func placedAtOnce(s *suite) {
	atOnce := pooling
	atOnce.Labels, atOnce.Live = []string{Concurrency}, true
	s.checkWith(spec.POL33, "made-by-many-at-once", atOnce, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, a, b)
		p.weigh(ctx, 1, a, b)
		const rounds, clients = 8, 8
		queues, made := make([]string, rounds), make([]int, rounds)
		for i := range queues {
			queues[i] = p.Name()
		}
		statuses := make([][]int, clients)
		p.Together(ctx, clients, func(ctx context.Context, i int, p *Peer) {
			for _, queue := range queues {
				answer := p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_flavor": flavor}}).WantStatus(201, 204)
				statuses[i] = append(statuses[i], answer.Status())
			}
		})
		for round := range queues {
			for _, seen := range statuses {
				made[round] += map[int]int{201: 1}[seen[round]]
			}
		}
		p.Want("clients that were told that they had made the queue, for each queue", made, Each(1))
		for _, queue := range queues {
			p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		}
		p.weigh(ctx, 0, a, b)
		p.wantLived(ctx, flavor, a, false)
		p.wantLived(ctx, flavor, b, false)
	})
}

func listedTogether(s *suite) {
	own := pooling
	own.NeedsOwnProject = true
	s.checkWith(spec.POL34, "queues-of-several-pools", own.listing(2), func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavors := L{p.NewFlavor(ctx, a), p.NewFlavor(ctx, b), nil}
		p.weigh(ctx, 1, a, b)
		var want []string
		begin := p.Name()
		for i := range 7 {
			name := fmt.Sprintf("%s-%d", begin, i)
			metadata := M{"n": i}
			if flavor := flavors[i%3]; flavor != nil {
				metadata["_flavor"] = flavor
			}
			p.Do(ctx, "queue_create", M{"queue_name": name, "metadata": metadata}).WantStatus(201)
			want = append(want, name)
		}
		got := []string{}
		body := M{"limit": 2, "detailed": true}
		for range want {
			page := p.Do(ctx, "queue_list", body).WantStatus(200)
			names := page.Strings("body.queues[*].name")
			if len(names) == 0 {
				break
			}
			page.Want("body.queues[*].metadata", Each(Having(M{"n": Between(0, 6)})))
			got = append(got, names...)
			body = setting(body, "marker", names[len(names)-1])
		}
		slices.Sort(got)
		p.Want("all names of all pages", got, want)
	})
}
