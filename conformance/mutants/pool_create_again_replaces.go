// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolCreateAgainReplaces = Mutant{
	Name: "pool-create-again-replaces", Breaks: spec.POL7, Fact: "F248",
	Does: "pool_create gives a pool that exists what it names",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status != statusConflict {
			return resp
		}
		again := *req
		again.Action = "pool_update"
		if changed := next.Do(ctx, s, &again); changed.Status == statusOK {
			return done(req, statusCreated, nil)
		}
		return resp
	}, "pool_create"),
}
