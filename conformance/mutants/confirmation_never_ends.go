// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationNeverEnds = confirmingForEver()

// confirmingForEver remembers the signatures that webhooks were sent, and how to confirm
// what each was for.
func confirmingForEver() Mutant {
	sent := new(memo[string, string])
	made := new(memo[string, func(ctx context.Context, confirmed bool) error])
	return Mutant{
		Name: "confirmation-never-ends", Breaks: spec.SUB86,
		Does:  "the signature of a confirmation request is good after its end",
		Store: func(next store.Data) store.Data { return noting{next, made} },
		Elsewhere: asking(func(m *wire.SubscriptionConfirmation) *wire.SubscriptionConfirmation {
			sent.put(m.URLSignature, m.URLPaths)
			return m
		}),
		API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			resp := next.Do(ctx, s, req)
			body, _ := valueOf(req.Body).(object)
			id, _ := body["subscription_id"].(string)
			queue, _ := body["queue_name"].(string)
			confirmed, _ := body["confirmed"].(bool)
			path, known := sent.get(req.Headers.URLSignature)
			confirm, _ := made.get(id)
			if resp.Status != statusForbidden || !known || confirm == nil ||
				path != "/v2/queues/"+queue+"/subscriptions/"+id+"/confirm" || confirm(ctx, confirmed) != nil {
				return resp
			}
			return &wire.Response{Status: statusNoContent, Echo: resp.Echo}
		}, "subscription_confirm"),
	}
}

// noting notes how to confirm what is made.
type noting struct {
	store.Data

	made *memo[string, func(ctx context.Context, confirmed bool) error]
}

func (n noting) CreateSubscription(ctx context.Context, q store.Queue, s store.NewSubscription) (string, error) {
	id, err := n.Data.CreateSubscription(ctx, q, s)
	n.made.put(id, func(ctx context.Context, confirmed bool) error {
		return n.ConfirmSubscription(ctx, q, id, confirmed)
	})
	return id, err
}
