// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationByAnyone = confirmingAnyone()

// confirmingAnyone remembers what webhooks were sent, and puts it in the place of what
// comes back.
func confirmingAnyone() Mutant {
	known := new(memo[string, *wire.SubscriptionConfirmation])
	return Mutant{
		Name: "confirmation-by-anyone", Breaks: spec.SUB86,
		Does: "subscription_confirm does what it is asked for, whatever the signature",
		Elsewhere: asking(func(m *wire.SubscriptionConfirmation) *wire.SubscriptionConfirmation {
			known.put(m.URLPaths, m)
			return m
		}),
		API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			body, _ := valueOf(req.Body).(object)
			id, _ := body["subscription_id"].(string)
			queue, _ := body["queue_name"].(string)
			m, ok := known.get("/v2/queues/" + queue + "/subscriptions/" + id + "/confirm")
			if !ok || req.Refusal != nil {
				return next.Do(ctx, s, req)
			}
			good := *req
			good.Headers.URLSignature, good.Headers.URLExpires = m.URLSignature, m.URLExpires
			good.Headers.URLMethods, good.Headers.URLPaths = []string{m.URLMethods}, []string{m.URLPaths}
			return next.Do(ctx, s, &good)
		}, "subscription_confirm"),
	}
}
