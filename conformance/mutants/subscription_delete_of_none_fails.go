// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionDeleteOfNoneFails = Mutant{
	Name: "subscription-delete-of-none-fails", Breaks: spec.SUB34,
	Does: "subscription_delete answers with status 404 for a subscription that is not there",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		get := &wire.Request{Action: "subscription_get", Headers: req.Headers, Body: req.Body}
		if req.Refusal == nil && next.Do(ctx, s, get).Status == statusNotFound {
			return failed(req, statusNotFound)
		}
		return next.Do(ctx, s, req)
	}, "subscription_delete"),
}
