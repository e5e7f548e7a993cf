// SPDX-License-Identifier: Apache-2.0

package refserver

import (
	"context"
	"fmt"
	"net/url"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/pooled"
)

// openPools is a store over the pools of o, which can open more in memory.
func openPools(o Options) (*pooled.Store, error) {
	first := memory.New(o.Now)
	s := pooled.New(wrapped[store.Control](memory.NewControl(), o.WrapControl), func(p store.Pool) (store.Data, error) {
		u, err := url.Parse(p.URI)
		if err != nil || u.Scheme != "memory" || u.Host == "" {
			return nil, &store.Error{Kind: store.Unopenable, What: "the URI of pool", ID: p.Name}
		}
		return first.Another(), nil
	})
	if o.Pools == nil {
		o.Pools = map[string]string{"default": "memory://default"}
	}
	for name, uri := range o.Pools {
		if err := s.CreatePool(context.Background(), store.Pool{Name: name, URI: uri, Weight: 1}); err != nil {
			return nil, fmt.Errorf("make the pools: %w", err)
		}
	}
	return s, nil
}
