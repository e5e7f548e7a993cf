// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionDeleteDoesNothing = Mutant{
	Name: "subscription-delete-does-nothing", Breaks: spec.SUB35,
	Does: "subscription_delete answers with status 204 and leaves the subscription",
	API: around(func(_ context.Context, _ *api.Session, req *wire.Request, _ api.Doer) *wire.Response {
		if req.Refusal != nil {
			return failed(req, statusBadRequest)
		}
		return done(req, statusNoContent, nil)
	}, "subscription_delete"),
}
