// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedSubscriptionIsMade = Mutant{
	Name: "refused-subscription-is-made", Breaks: spec.SUB17,
	Does: "subscription_create makes the subscription also when it refuses an argument",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		again, body := asCame(req)
		if name, _ := body["queue_name"].(string); req.Refusal != nil && again.Action == "subscription_create" && strings.HasPrefix(name, "zw-") {
			ask(ctx, s, next, again, "subscription_create", object{"queue_name": name})
		}
		return resp
	}),
}
