// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedClaimUpdateIsDone = Mutant{
	Name: "refused-claim-update-is-done", Breaks: spec.CLM24,
	Does: "claim_update refuses a ttl out of its bounds, and begins the life of the claim anew with the longest",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		bad := rejected{"claim_update", "body.ttl", []string{ruleMin, ruleMax}}
		action, _ := valueOf(req.Echo.Action).(string)
		if req.Refusal != nil && bad.is(req.Refusal, action) {
			again, body := asCame(req)
			body["ttl"] = 43200
			ask(ctx, s, next, again, "claim_update", body)
		}
		return next.Do(ctx, s, req)
	}),
}
