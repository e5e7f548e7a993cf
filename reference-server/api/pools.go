// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func poolCreate(ctx context.Context, a *API, _ caller, b *wire.PoolCreate) (int, msgp.Marshaler, error) {
	p := store.Pool{Name: b.PoolName, URI: b.URI, Weight: b.Weight, Flavor: or(b.Flavor, ""), Options: b.Options}
	return statusCreated, nil, a.o.Control.CreatePool(ctx, p) // POL-1
}

func poolGet(ctx context.Context, a *API, _ caller, b *wire.PoolGet) (int, msgp.Marshaler, error) {
	all, err := a.o.Control.ListPools(ctx)
	i := slices.IndexFunc(all, func(p store.Pool) bool { return p.Name == b.PoolName })
	if err == nil && i < 0 {
		err = &store.Error{Kind: store.NotFound, What: "pool", ID: b.PoolName}
	}
	if err != nil {
		return 0, nil, err
	}
	p := poolOf(&all[i], b.Detailed)
	return statusOK, &p, nil
}

// poolOf is a pool as a reply shows it.
func poolOf(p *store.Pool, detailed *bool) wire.Pool {
	return wire.Pool{Name: p.Name, URI: p.URI, Weight: p.Weight, Flavor: idOrNull(p.Flavor), Options: detail(detailed, p.Options)}
}

func poolList(ctx context.Context, a *API, _ caller, b *wire.PoolList) (int, msgp.Marshaler, error) {
	all, err := a.o.Control.ListPools(ctx)
	if err != nil {
		return 0, nil, err
	}
	page, marker := behind(all, func(p store.Pool) string { return p.Name }, b.Marker, or(b.Limit, a.o.Limits.DefaultPoolsPerPage))
	return statusOK, &wire.PoolPage{Marker: &marker, Pools: mapped(page, func(p *store.Pool) wire.Pool {
		return poolOf(p, b.Detailed)
	})}, nil
}

// behind are the first of those whose names come after a marker, and the marker
// that continues behind them (POL-12).
func behind[T any](all []T, name func(T) string, marker *string, limit int64) (page []T, last string) {
	last = or(marker, "")
	for _, one := range all {
		if name(one) > or(marker, "") && int64(len(page)) < limit {
			page, last = append(page, one), name(one)
		}
	}
	return page, last
}

func poolUpdate(ctx context.Context, a *API, _ caller, b *wire.PoolUpdate) (int, msgp.Marshaler, error) {
	if b.URI == nil && b.Weight == nil && b.Flavor == nil && b.Options == nil {
		return 0, nil, &refusal{statusBadRequest, "body: one of uri, weight, flavor and options is needed"} // POL-17
	}
	changed, err := a.o.Control.UpdatePool(ctx, b.PoolName, store.PoolChange{
		URI: b.URI, Weight: b.Weight, Flavor: b.Flavor, Options: b.Options,
	})
	if err != nil {
		return 0, nil, err
	}
	p := poolOf(&changed, nil)
	return statusOK, &p, nil
}

func poolDelete(ctx context.Context, a *API, _ caller, b *wire.PoolDelete) (int, msgp.Marshaler, error) {
	return statusNoContent, nil, a.o.Control.DeletePool(ctx, b.PoolName)
}

func flavorCreate(ctx context.Context, a *API, _ caller, b *wire.FlavorCreate) (int, msgp.Marshaler, error) {
	return statusCreated, nil, a.o.Control.CreateFlavor(ctx, store.Flavor{Name: b.FlavorName, Pools: b.PoolList}) // POL-22
}

func flavorGet(ctx context.Context, a *API, _ caller, b *wire.FlavorGet) (int, msgp.Marshaler, error) {
	all, err := a.o.Control.ListFlavors(ctx)
	i := slices.IndexFunc(all, func(f store.Flavor) bool { return f.Name == b.FlavorName })
	if err == nil && i < 0 {
		err = &store.Error{Kind: store.NotFound, What: "flavor", ID: b.FlavorName}
	}
	if err != nil {
		return 0, nil, err
	}
	f := flavorOf(&all[i])
	return statusOK, &f, nil
}

// flavorOf is a flavor as a reply shows it. What its pools can do is what every
// store.Data can (POL-15).
func flavorOf(f *store.Flavor) wire.Flavor {
	return wire.Flavor{Name: f.Name, PoolList: f.Pools, Capabilities: []string{"FIFO", "CLAIMS"}}
}

func flavorList(ctx context.Context, a *API, _ caller, b *wire.FlavorList) (int, msgp.Marshaler, error) {
	all, err := a.o.Control.ListFlavors(ctx)
	if err != nil {
		return 0, nil, err
	}
	page, marker := behind(all, func(f store.Flavor) string { return f.Name }, b.Marker, or(b.Limit, a.o.Limits.DefaultFlavorsPerPage))
	return statusOK, &wire.FlavorPage{Marker: &marker, Flavors: mapped(page, flavorOf)}, nil
}

func flavorUpdate(ctx context.Context, a *API, c caller, b *wire.FlavorUpdate) (int, msgp.Marshaler, error) {
	if err := a.o.Control.UpdateFlavor(ctx, store.Flavor{Name: b.FlavorName, Pools: b.PoolList}); err != nil {
		return 0, nil, err
	}
	return flavorGet(ctx, a, c, &wire.FlavorGet{FlavorName: b.FlavorName})
}

func flavorDelete(ctx context.Context, a *API, _ caller, b *wire.FlavorDelete) (int, msgp.Marshaler, error) {
	return statusNoContent, nil, a.o.Control.DeleteFlavor(ctx, b.FlavorName)
}
