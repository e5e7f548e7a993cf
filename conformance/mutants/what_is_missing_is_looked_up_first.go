// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var whatIsMissingIsLookedUpFirst = Mutant{
	Name: "what-is-missing-is-looked-up-first", Breaks: spec.FRM81,
	Does: "fields in bad form are refused only where the queue and the claim exist, and the queue is not there yet",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if req.Refusal == nil || !strings.HasPrefix(req.Refusal.Path, "body.") {
			return next.Do(ctx, s, req)
		}
		again, body := asCame(req)
		find := func(action string) int {
			probe := &wire.Request{Action: action, Headers: again.Headers}
			probe.Body = rawOf(object{"queue_name": body["queue_name"], "claim_id": body["claim_id"]})
			return next.Do(ctx, s, probe).Status
		}
		_, named := body["queue_name"].(string)
		there := named && find("queue_get_stats") == statusOK
		_, claim := body["claim_id"].(string)
		switch action := again.Action; {
		case !named || req.Refusal.Path == "body.queue_name":
		case action == "queue_create" && there:
			return done(req, statusNoContent, nil)
		case !there && slices.Contains([]string{"message_list", "message_get", "claim_get", "claim_update"}, action),
			there && action == "claim_update" && claim && find("claim_get") == statusNotFound:
			return failed(req, statusNotFound)
		}
		return next.Do(ctx, s, req)
	}),
}
