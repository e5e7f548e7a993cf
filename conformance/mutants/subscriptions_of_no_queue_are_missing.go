// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsOfNoQueueAreMissing = Mutant{
	Name: "subscriptions-of-no-queue-are-missing", Breaks: spec.SUB27,
	Does: "subscription_list answers with status 404 for a queue that does not exist",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		stats := &wire.Request{Action: "queue_get_stats", Headers: req.Headers, Body: req.Body}
		if req.Refusal == nil && next.Do(ctx, s, stats).Status == statusNotFound {
			return failed(req, statusNotFound)
		}
		return next.Do(ctx, s, req)
	}, "subscription_list"),
}
