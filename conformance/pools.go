// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// pooling is for the cases about pools and flavors. They run beside others, so no
// pool of theirs may draw a queue that is not the case's: one that is of no flavor has
// the weight 0, and is given another only while it is of a flavor.
var pooling = Rule{Needs: []string{"pools"}, As: []identity{asAdmin}}

// pools are the cases of spec/pools.md.
func pools(s *suite) {
	poolCreate(s)
	poolGet(s)
	poolList(s)
	poolUpdate(s)
	poolDelete(s)
	flavorCreate(s)
	flavorUpdate(s)
	placement(s)
	negatives(s, "pools")
}

// poolURI is where a pool of that name may store.
func (p *Peer) poolURI(name string) string {
	uri := cmp.Or(p.scene.run.target.PoolURI, "memory://{name}")
	if secret := poolPassword.FindStringSubmatch(uri); secret != nil {
		p.scene.remember(secret[2], nil)
	}
	return strings.ReplaceAll(uri, "{name}", name)
}

// poolOf is the body of a pool_create, of weight 0.
func poolOf(p *Peer, name string) M { return M{"pool_name": name, "uri": p.poolURI(name), "weight": 0} }

// NewPool makes a pool of weight 0 and of no flavor, and returns its name. It is
// deleted when the case ends.
func (p *Peer) NewPool(ctx context.Context) string {
	name := p.scene.fresh()
	p.scene.preparing(func() { p.Do(ctx, "pool_create", poolOf(p, name)).WantStatus(201) })
	return name
}

// NewFlavor makes a flavor of pools and returns its name. It is deleted when the case
// ends.
func (p *Peer) NewFlavor(ctx context.Context, pools ...string) string {
	name := p.scene.fresh()
	p.scene.preparing(func() {
		p.Do(ctx, "flavor_create", M{"flavor_name": name, "pool_list": pools}).WantStatus(201)
	})
	return name
}

// weigh gives pools another weight.
func (p *Peer) weigh(ctx context.Context, weight int64, pools ...string) {
	p.scene.preparing(func() {
		for _, pool := range pools {
			p.Do(ctx, "pool_update", M{"pool_name": pool, "weight": weight}).WantStatus(200)
		}
	})
}

// pool is a pool_get with its options.
func (p *Peer) pool(ctx context.Context, name string) *Answer {
	return p.Do(ctx, "pool_get", M{"pool_name": name, "detailed": true})
}

func poolCreate(s *suite) {
	s.checkWith(spec.POL1, "a-pool", pooling, func(ctx context.Context, p *Peer) {
		name := p.scene.fresh()
		p.Do(ctx, "pool_create", poolOf(p, name)).WantStatus(201)
		p.pool(ctx, name).WantStatus(200)
	})

	s.checkWith(spec.POL2, "names", pooling, func(ctx context.Context, p *Peer) {
		for _, ending := range []string{"azAZ09", "_", "-", ".", ".x", strings.Repeat("x", 64)} {
			name := (p.scene.fresh() + ending)
			name = name[:min(64, len(name))]
			p.Do(ctx, "pool_create", poolOf(p, name)).WantStatus(201)
			p.Do(ctx, "flavor_create", M{"flavor_name": name, "pool_list": L{name}}).WantStatus(201)
			p.Do(ctx, "flavor_get", M{"flavor_name": name}).WantStatus(200).Want("body.name", name)
		}
	})

	s.checkWith(spec.POL3, "names-that-no-pool-can-have", pooling, func(ctx context.Context, p *Peer) {
		good, loose := poolOf(p, p.scene.fresh()), p.NewPool(ctx)
		for _, bad := range badPoolNames(good["pool_name"]) {
			p.Do(ctx, "pool_create", setting(good, "pool_name", bad)).WantError(400)
			p.Do(ctx, "flavor_create", M{"flavor_name": bad, "pool_list": L{loose}}).WantError(400)
		}
		p.Do(ctx, "pool_create", good).WantStatus(201)
		p.pool(ctx, loose).Want("body.flavor", nil)
	})

	s.checkWith(spec.POL4, "uris-of-no-storage", pooling, func(ctx context.Context, p *Peer) {
		good, pool := poolOf(p, p.scene.fresh()), p.NewPool(ctx)
		name, _ := good["pool_name"].(string)
		for _, bad := range []string{"", name, "://" + name, "memory", p.scene.run.prefix + "-nothing://" + name, "memory://%zz" + name} {
			p.Do(ctx, "pool_create", setting(good, "uri", bad)).WantError(400)
			p.Do(ctx, "pool_update", M{"pool_name": pool, "uri": bad, "weight": 1}).WantError(400)
		}
		p.pool(ctx, pool).Want("body.uri", p.poolURI(pool)).Want("body.weight", 0)
		p.Do(ctx, "pool_create", good).WantStatus(201)
	})

	s.checkWith(spec.POL5, "weights-out-of-bounds", pooling, func(ctx context.Context, p *Peer) {
		flavor := p.NewFlavor(ctx, p.NewPool(ctx))
		for _, good := range []int64{0, 1, 1<<32 - 1} {
			pool := setting(poolOf(p, p.scene.fresh()), "flavor", flavor)
			for _, bad := range []int64{-1, 1 << 32, -1 << 63, 1<<63 - 1} {
				p.Do(ctx, "pool_create", setting(pool, "weight", bad)).WantError(400)
			}
			p.Do(ctx, "pool_create", setting(pool, "weight", good)).WantStatus(201)
			for _, bad := range []int64{-1, 1 << 32} {
				p.Do(ctx, "pool_update", M{"pool_name": pool["pool_name"], "weight": bad}).WantError(400)
			}
			p.Do(ctx, "pool_get", M{"pool_name": pool["pool_name"]}).Want("body.weight", good)
		}
	})

	s.checkWith(spec.POL6, "options-of-the-full-size", pooling, func(ctx context.Context, p *Peer) {
		for _, text := range []string{
			strings.Repeat("x", int(p.Limit("max_pool_options"))-len(`{"k": ""}`)),
			strings.Repeat("中", int(p.Limit("max_pool_options")-20)/len("中")),
		} {
			pool := setting(poolOf(p, p.scene.fresh()), "options", M{"k": text})
			p.Do(ctx, "pool_create", pool).WantStatus(201)
			p.Do(ctx, "pool_update", M{"pool_name": pool["pool_name"], "options": M{"k": text}}).WantStatus(200)
			p.Do(ctx, "pool_get", M{"pool_name": pool["pool_name"], "detailed": true}).Want("body.options.k", text)
		}
	})

	s.checkWith(spec.POL6, "huge-options", pooling, func(ctx context.Context, p *Peer) {
		pool := poolOf(p, p.scene.fresh())
		huge := M{"x": strings.Repeat("x", int(p.Limit("max_pool_options")))}
		p.Do(ctx, "pool_create", setting(pool, "options", huge)).WantError(400)
		p.Do(ctx, "pool_create", setting(pool, "options", M{"x": 1})).WantStatus(201)
		p.Do(ctx, "pool_update", M{"pool_name": pool["pool_name"], "options": huge}).WantError(400)
		p.Do(ctx, "pool_get", M{"pool_name": pool["pool_name"], "detailed": true}).Want("body.options", M{"x": 1})
	})

	s.checkWith(spec.POL7, "a-name-or-a-uri-that-is-taken", pooling, func(ctx context.Context, p *Peer) {
		pool, other := poolOf(p, p.NewPool(ctx)), poolOf(p, p.scene.fresh())
		p.Do(ctx, "pool_create", setting(pool, "uri", other["uri"])).WantError(409)
		p.Do(ctx, "pool_create", setting(other, "uri", pool["uri"])).WantError(409)
		p.Do(ctx, "pool_get", M{"pool_name": other["pool_name"]}).WantError(404)
		p.Do(ctx, "pool_get", M{"pool_name": pool["pool_name"]}).WantStatus(200).Want("body.uri", pool["uri"])
		p.Do(ctx, "pool_create", other).WantStatus(201)
	})

	s.checkWith(spec.POL8, "a-flavor-that-is-or-is-not-there", pooling, func(ctx context.Context, p *Peer) {
		first := p.NewPool(ctx)
		flavor, pool := p.NewFlavor(ctx, first), poolOf(p, p.scene.fresh())
		name, _ := pool["pool_name"].(string)
		p.Do(ctx, "pool_create", setting(pool, "flavor", p.scene.fresh())).WantError(400)
		p.Do(ctx, "pool_create", setting(pool, "flavor", flavor)).WantStatus(201)
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).Want("body.pool_list", Unordered[any](first, name))
		p.Do(ctx, "pool_update", M{"pool_name": name, "flavor": p.scene.fresh()}).WantError(400)
		p.pool(ctx, name).Want("body.flavor", flavor)
		p.Do(ctx, "pool_create", setting(poolOf(p, p.scene.fresh()), "flavor", "")).WantStatus(201)
	})
}

// badPoolNames are names that no pool can have, as like to a good one as can be.
func badPoolNames(good any) []string {
	name, _ := good.(string)
	return []string{"", name + " ", name + "/", name + "é", name + "\n", name + strings.Repeat("x", 65-len(name))}
}

func poolGet(s *suite) {
	s.checkWith(spec.POL9, "with-and-without-options", pooling, func(ctx context.Context, p *Peer) {
		pool := poolOf(p, p.scene.fresh())
		name := pool["pool_name"]
		want := M{"name": name, "uri": pool["uri"], "weight": 0, "flavor": nil}
		p.Do(ctx, "pool_create", setting(pool, "options", M{"a": L{1, nil}})).WantStatus(201)
		p.Do(ctx, "pool_get", M{"pool_name": name}).WantStatus(200).Want("body", Having(want))
		p.Do(ctx, "pool_get", M{"pool_name": name, "detailed": true}).WantStatus(200).
			Want("body", Having(setting(want, "options", M{"a": L{1, nil}})))

		flavor := p.NewFlavor(ctx, p.NewPool(ctx))
		other := poolOf(p, p.scene.fresh())
		p.Do(ctx, "pool_create", with(other, M{"weight": 7, "flavor": flavor})).WantStatus(201)
		p.Do(ctx, "pool_get", M{"pool_name": other["pool_name"], "detailed": true}).WantStatus(200).Want("body", Having(M{
			"weight": 7, "flavor": flavor, "options": M{},
		}))
	})

	s.checkWith(spec.POL10, "a-flavor-of-two", pooling, func(ctx context.Context, p *Peer) {
		a, b := p.NewPool(ctx), p.NewPool(ctx)
		flavor := p.NewFlavor(ctx, b, a)
		p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).
			Want("body", Having(M{"name": flavor, "pool_list": Unordered[any](a, b)}))
	})

	s.checkWith(spec.POL11, "what-does-not-exist", pooling, func(ctx context.Context, p *Peer) {
		pool, none := p.NewPool(ctx), p.scene.fresh()
		flavor := p.NewFlavor(ctx, pool)
		for _, name := range []string{none, flavor, "", pool + "\n"} {
			p.Do(ctx, "pool_get", M{"pool_name": name}).WantError(404)
			p.Do(ctx, "pool_update", M{"pool_name": name, "weight": 0}).WantError(404)
		}
		for _, name := range []string{none, pool, "", flavor + "\n"} {
			p.Do(ctx, "flavor_get", M{"flavor_name": name}).WantError(404)
			p.Do(ctx, "flavor_update", M{"flavor_name": name, "pool_list": L{pool}}).WantError(404)
		}
		p.pool(ctx, pool).WantStatus(200).Want("body.flavor", flavor)
	})

	s.checkWith(spec.POL15, "what-its-pools-can-do", pooling, func(ctx context.Context, p *Peer) {
		begin, pool := p.scene.fresh(), p.NewPool(ctx)
		flavor := begin + "a"
		p.Do(ctx, "flavor_create", M{"flavor_name": flavor, "pool_list": L{pool}, "capabilities": M{"x": 1}}).WantStatus(201)
		got := p.Do(ctx, "flavor_get", M{"flavor_name": flavor}).WantStatus(200).Want("body.capabilities", Each(AnyString()))
		same := Unordered(got.Strings("body.capabilities")...)
		p.Do(ctx, "flavor_list", M{"marker": begin, "limit": 1}).WantStatus(200).Want("body.flavors[0].capabilities", same)
		p.Do(ctx, "flavor_update", M{"flavor_name": flavor, "pool_list": L{pool}}).WantStatus(200).Want("body.capabilities", same)
	})
}
