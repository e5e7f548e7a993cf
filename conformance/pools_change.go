// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

// settled makes a flavor of pools, and a queue of that flavor in the first of them,
// and gives all pools the weight 0 again.
func (p *Peer) settled(ctx context.Context, pools ...string) (flavor, queue string) {
	flavor = p.NewFlavor(ctx, pools...)
	p.weigh(ctx, 1, pools[0])
	queue = p.NewQueueWith(ctx, M{"_flavor": flavor})
	p.weigh(ctx, 0, pools[0])
	return flavor, queue
}

func poolUpdate(s *suite) {
	s.checkWith(spec.POL16, "one-thing-after-another", pooling, func(ctx context.Context, p *Peer) {
		pool, flavor := p.NewPool(ctx), p.NewFlavor(ctx, p.NewPool(ctx))
		want := M{"name": pool, "uri": p.poolURI(pool), "weight": 0, "flavor": nil}
		options := M{}
		for _, change := range []M{
			{"flavor": flavor},
			{"weight": 7},
			{"options": M{"a": 1}},
			{"uri": p.poolURI(p.scene.fresh())},
			{"weight": 0, "options": M{}},
			{"flavor": ""},
		} {
			want = with(want, change)
			if o, ok := change["options"].(M); ok {
				options = o
			}
			if want["flavor"] == "" {
				want["flavor"] = nil
			}
			delete(want, "options")
			p.Do(ctx, "pool_update", with(change, M{"pool_name": pool})).WantStatus(200).Want("body", Having(want))
			p.pool(ctx, pool).WantStatus(200).Want("body", Having(setting(want, "options", options)))
		}
	})

	s.checkWith(spec.POL17, "nothing-to-change", pooling, func(ctx context.Context, p *Peer) {
		pool := p.NewPool(ctx)
		p.Do(ctx, "pool_update", M{"pool_name": pool}).WantError(400)
		p.Do(ctx, "pool_update", M{"pool_name": pool, "name": p.scene.fresh()}).WantError(400)
		p.Do(ctx, "pool_update", M{"pool_name": p.scene.fresh()}).WantError(400)
		p.Do(ctx, "pool_update", M{"pool_name": pool, "weight": 0}).WantStatus(200)
	})

	s.checkWith(spec.POL18, "the-uri-of-another-pool", pooling, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		p.Do(ctx, "pool_update", M{"pool_name": a, "uri": p.poolURI(b), "options": M{"x": 1}}).WantError(409)
		p.pool(ctx, a).Want("body.uri", p.poolURI(a)).Want("body.options", M{})
		p.Do(ctx, "pool_update", M{"pool_name": a, "uri": p.poolURI(a)}).WantStatus(200)
	})

	s.checkWith(spec.POL18, "the-uri-where-queues-live", pooling, func(ctx context.Context, p *Peer) {
		pool, uri := p.NewPool(ctx), p.poolURI(p.scene.fresh())
		_, queue := p.settled(ctx, pool)
		p.Post(ctx, queue, "a")
		p.Do(ctx, "pool_update", M{"pool_name": pool, "uri": uri}).WantError(409)
		p.Do(ctx, "pool_update", M{"pool_name": pool, "uri": p.poolURI(pool)}).WantStatus(200)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages[*].body", L{"a"})
		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "pool_update", M{"pool_name": pool, "uri": uri}).WantStatus(200).Want("body.uri", uri)
	})
}

func poolDelete(s *suite) {
	s.checkWith(spec.POL19, "a-pool-and-none", pooling, func(ctx context.Context, p *Peer) {
		pool, other := p.NewPool(ctx), p.NewPool(ctx)
		for range 2 {
			p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantStatus(204)
			p.pool(ctx, pool).WantError(404)
		}
		p.Do(ctx, "pool_delete", M{"pool_name": ""}).WantStatus(204)
		p.pool(ctx, other).WantStatus(200)
		p.Do(ctx, "pool_create", poolOf(p, pool)).WantStatus(201)
	})

	s.checkWith(spec.POL20, "a-pool-that-a-queue-lives-in", pooling, func(ctx context.Context, p *Peer) {
		pool := p.NewPool(ctx)
		flavor, queue := p.settled(ctx, pool, p.NewPool(ctx))
		p.Do(ctx, "pool_update", M{"pool_name": pool, "flavor": ""}).WantStatus(200)
		p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantError(403)
		p.pool(ctx, pool).WantStatus(200)
		ids := p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": 1}}}).WantStatus(201).
			Strings("body.message_ids")
		p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[0]}).WantStatus(200)
		p.Do(ctx, "flavor_delete", M{"flavor_name": flavor}).WantStatus(204)
		p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantError(403)

		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantStatus(204)
	})

	s.checkWith(spec.POL21, "the-only-pool-of-a-flavor", pooling, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor, other := p.NewFlavor(ctx, a), p.NewFlavor(ctx, p.NewPool(ctx))
		p.Do(ctx, "pool_delete", M{"pool_name": a}).WantError(403)
		p.Do(ctx, "pool_update", M{"pool_name": a, "flavor": ""}).WantError(403)
		p.Do(ctx, "pool_update", M{"pool_name": a, "flavor": other}).WantError(403)
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).Want("body.pool_list", L{a})

		p.Do(ctx, "pool_update", M{"pool_name": b, "flavor": flavor}).WantStatus(200)
		p.Do(ctx, "pool_update", M{"pool_name": a, "flavor": ""}).WantStatus(200)
		p.Do(ctx, "pool_delete", M{"pool_name": a}).WantStatus(204)
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).Want("body.pool_list", L{b})
	})
}

func flavorCreate(s *suite) {
	s.checkWith(spec.POL22, "a-flavor", pooling, func(ctx context.Context, p *Peer) {
		flavor, a, b := p.scene.fresh(), p.NewPool(ctx), p.NewPool(ctx)
		p.Do(ctx, "flavor_create", M{"flavor_name": flavor, "pool_list": L{a, a}}).WantStatus(201)
		p.pool(ctx, a).WantStatus(200).Want("body.flavor", flavor)
		p.pool(ctx, b).WantStatus(200).Want("body.flavor", nil)
	})

	s.checkWith(spec.POL23, "pools-that-do-not-exist", pooling, func(ctx context.Context, p *Peer) {
		flavor, pool, loose := p.scene.fresh(), p.NewPool(ctx), p.NewPool(ctx)
		there := p.NewFlavor(ctx, pool)
		for _, bad := range []L{{}, {p.scene.fresh()}, {loose, p.scene.fresh()}, {""}, {loose, there}} {
			p.Do(ctx, "flavor_create", M{"flavor_name": flavor, "pool_list": bad}).WantError(400)
			p.Do(ctx, "flavor_update", M{"flavor_name": there, "pool_list": bad}).WantError(400)
		}
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantError(404)
		p.Do(ctx, "flavor_get", M{"flavor_name": there}).WantStatus(200).Want("body.pool_list", L{pool})
		p.pool(ctx, loose).WantStatus(200).Want("body.flavor", nil)
		p.Do(ctx, "flavor_create", M{"flavor_name": flavor, "pool_list": L{loose}}).WantStatus(201)
	})

	s.checkWith(spec.POL24, "a-name-or-a-pool-that-is-taken", pooling, func(ctx context.Context, p *Peer) {
		flavor, a, b := p.scene.fresh(), p.NewPool(ctx), p.NewPool(ctx)
		first := p.NewFlavor(ctx, a)
		p.Do(ctx, "flavor_create", M{"flavor_name": first, "pool_list": L{b}}).WantError(409)
		p.Do(ctx, "flavor_create", M{"flavor_name": flavor, "pool_list": L{b, a}}).WantError(409)
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantError(404)
		second := p.NewFlavor(ctx, b)
		p.Do(ctx, "flavor_update", M{"flavor_name": second, "pool_list": L{b, a}}).WantError(409)
		p.Do(ctx, "flavor_get", M{"flavor_name": first}).WantStatus(200).Want("body.pool_list", L{a})
		p.Do(ctx, "flavor_get", M{"flavor_name": second}).WantStatus(200).Want("body.pool_list", L{b})
	})
}

func flavorUpdate(s *suite) {
	s.checkWith(spec.POL25, "other-pools", pooling, func(ctx context.Context, p *Peer) {
		a, b, c := p.NewPool(ctx), p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, a, b)
		p.Do(ctx, "flavor_update", M{"flavor_name": flavor, "pool_list": L{b, c}}).WantStatus(200).
			Want("body", Having(M{"name": flavor, "pool_list": Unordered[any](b, c)}))
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).Want("body.pool_list", Unordered[any](b, c))
		p.pool(ctx, a).WantStatus(200).Want("body.flavor", nil)
		p.pool(ctx, b).WantStatus(200).Want("body.flavor", flavor)
		p.pool(ctx, c).WantStatus(200).Want("body.flavor", flavor)
	})

	s.checkWith(spec.POL26, "a-flavor-and-none", pooling, func(ctx context.Context, p *Peer) {
		pool := p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, pool)
		for range 2 {
			p.Do(ctx, "flavor_delete", M{"flavor_name": flavor}).WantStatus(204)
			p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantError(404)
		}
		p.pool(ctx, pool).WantStatus(200).Want("body.flavor", nil)
		p.Do(ctx, "pool_delete", M{"pool_name": pool}).WantStatus(204)
	})
}
