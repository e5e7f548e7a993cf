// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var ownEndsAreTold = Mutant{
	Name: "own-ends-are-told", Breaks: spec.SUB58,
	Does: "a connection that ends subscriptions is notified of an end, too",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusNoContent && s.Push != nil {
			body, _ := valueOf(req.Body).(object)
			name, _ := body["queue_name"].(string)
			s.Push(req.Format, &wire.SubscriptionEnded{
				MessageType: "SubscriptionEnded", QueueName: name, SubscriptionID: "one", Reason: "deleted",
			})
		}
		return resp
	}, "subscription_delete", "queue_purge", "queue_delete"),
}
