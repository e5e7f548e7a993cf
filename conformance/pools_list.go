// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// aListing is one of the two listings.
type aListing struct{ kind, action, list string }

var listings = []aListing{{"pool", "pool_list", "pools"}, {"flavor", "flavor_list", "flavors"}}

// make makes pools, each with a flavor of its name where that is what is listed, of
// names that begin alike. Names of other cases stand before or behind them all.
func (l aListing) make(ctx context.Context, p *Peer, endings ...string) (begin string, names []string) {
	begin = p.scene.fresh()
	p.scene.preparing(func() {
		for _, ending := range endings {
			name := begin + ending
			names = append(names, name)
			p.Do(ctx, "pool_create", poolOf(p, name)).WantStatus(201)
			if l.kind == "flavor" {
				p.Do(ctx, "flavor_create", M{"flavor_name": name, "pool_list": L{name}}).WantStatus(201)
			}
		}
	})
	return begin, names
}

func poolList(s *suite) {
	for _, l := range listings {
		pairs := pooling.atLeast(2, "max_"+l.kind+"s_per_page")
		s.checkWith(spec.POL12, l.kind+"s-in-order", pairs, func(ctx context.Context, p *Peer) {
			begin, names := l.make(ctx, p, "a", "B", "_", "-", "aa")
			a, upper, under, dash, aa := names[0], names[1], names[2], names[3], names[4]
			for _, page := range [][]string{
				{begin, dash, upper},
				{dash, upper, under},
				{upper, under, a},
				{under, a, aa},
				{begin + "0", upper, under},
				{begin + "Z", under, a},
			} {
				p.Do(ctx, l.action, M{"marker": page[0], "limit": 2}).WantStatus(200).Want("body."+l.list+"[*].name", page[1:])
			}
			p.Do(ctx, l.action, M{"marker": a, "limit": 1}).WantStatus(200).Want("body."+l.list+"[*].name", L{aa})
			p.Do(ctx, l.action, M{"marker": "~", "limit": 1}).WantStatus(200).Want("body."+l.list, Length(0))
		})

		s.checkWith(spec.POL13, l.kind+"s-without-a-limit", pooling, func(ctx context.Context, p *Peer) {
			n := p.Limit("default_" + l.kind + "s_per_page")
			var endings []string
			for i := range n + 1 {
				endings = append(endings, fmt.Sprintf("%06d", i))
			}
			begin, names := l.make(ctx, p, endings...)
			p.Do(ctx, l.action, M{"marker": begin}).WantStatus(200).Want("body."+l.list+"[*].name", names[:n])
			for _, body := range []M{{}, {"pool_name": begin}, {"flavor_name": begin}, {"pool_name": begin, "flavor_name": begin}} {
				p.Do(ctx, l.action, body).WantStatus(200)
			}
			p.Do(ctx, l.action, nil, NoKey("body")).WantStatus(200)
		})

		next := pairs
		next.Needs = append(slices.Clone(next.Needs), "next_marker")
		s.checkWith(spec.POL40, l.kind+"s-page-by-page", next, func(ctx context.Context, p *Peer) {
			begin, names := l.make(ctx, p, "a", "b", "c")
			page := p.Do(ctx, l.action, M{"marker": begin, "limit": 2}).WantStatus(200)
			rest := p.Do(ctx, l.action, M{"marker": page.Text("body.marker"), "limit": 1}).WantStatus(200)
			path := "body." + l.list + "[*].name"
			p.Want("names in both pages", append(page.Strings(path), rest.Strings(path)...), names)
		})

		s.checkWith(spec.POL14, l.kind+"s-with-a-limit-out-of-bounds", pooling, func(ctx context.Context, p *Peer) {
			most := p.Limit("max_" + l.kind + "s_per_page")
			for _, bad := range []int64{0, -1, most + 1} {
				p.Do(ctx, l.action, M{"limit": bad}).WantError(400)
			}
			p.Do(ctx, l.action, M{"limit": most}).WantStatus(200)
		})
	}

	s.checkWith(spec.POL12, "pools-as-they-are-got", pooling.atLeast(2, "max_pools_per_page"), func(ctx context.Context, p *Peer) {
		begin, names := listings[0].make(ctx, p, "a", "b")
		flavor := p.NewFlavor(ctx, names[0])
		p.weigh(ctx, 3, names[0])
		p.Do(ctx, "pool_update", M{"pool_name": names[1], "options": M{"a": 1}}).WantStatus(200)
		first := M{"name": names[0], "uri": p.poolURI(names[0]), "weight": 3, "flavor": flavor}
		second := M{"name": names[1], "uri": p.poolURI(names[1]), "weight": 0, "flavor": nil}
		page := M{"marker": begin, "limit": 2}
		p.Do(ctx, "pool_list", page).WantStatus(200).Want("body.pools[0]", Having(first)).Want("body.pools[1]", Having(second))
		p.Do(ctx, "pool_list", setting(page, "detailed", true)).WantStatus(200).
			Want("body.pools[0]", Having(setting(first, "options", M{}))).
			Want("body.pools[1]", Having(setting(second, "options", M{"a": 1})))
	})

	s.checkWith(spec.POL12, "flavors-as-they-are-got", pooling.atLeast(2, "max_flavors_per_page"), func(ctx context.Context, p *Peer) {
		begin, names := listings[1].make(ctx, p, "a", "b")
		other := p.NewPool(ctx)
		p.Do(ctx, "flavor_update", M{"flavor_name": names[1], "pool_list": L{other, names[1]}}).WantStatus(200)
		p.Do(ctx, "flavor_list", M{"marker": begin, "limit": 2}).WantStatus(200).
			Want("body.flavors[0]", Having(M{"name": names[0], "pool_list": L{names[0]}})).
			Want("body.flavors[1]", Having(M{"name": names[1], "pool_list": Unordered[any](other, names[1])}))
	})
}
