// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedSubscriptionMakesTheQueue = Mutant{
	Name: "refused-subscription-makes-the-queue", Breaks: spec.SUB17,
	Does: "subscription_create makes the queue before it looks at what it refuses",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		again, body := asCame(req)
		name, _ := body["queue_name"].(string)
		if resp.Status != statusCreated && again.Action == "subscription_create" && strings.HasPrefix(name, "zw-") {
			ask(ctx, s, next, again, "queue_create", object{"queue_name": name})
		}
		return resp
	}),
}
