// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var authenticateEndsSubscriptions = Mutant{
	Name: "authenticate-ends-subscriptions", Breaks: spec.SUB51,
	Does: "an authenticate ends the subscriptions of its connection, also one for the same project",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		next.Leave(ctx, s)
		return next.Do(ctx, s, req)
	}, authenticate),
}
