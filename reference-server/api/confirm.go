// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// confirmation is what the signature of a confirmation request permits: nobody else
// is given one for that path, and it lives as long as the subscription.
func (a *API) confirmation(q store.Queue, s *store.Subscription) Grant {
	return Grant{
		Project: q.Project, Methods: []string{"PUT"}, Expires: a.o.Now().Add(s.TTL - s.Age),
		Paths: []string{"/v2/queues/" + q.Name + "/subscriptions/" + s.ID + "/confirm"},
	}
}

// askWebhook sends a webhook what it can confirm its subscription with (SUB-80), or
// tells it that it is sent no messages, and what it can go back on that with (SUB-85).
func (a *API) askWebhook(ctx context.Context, q store.Queue, id string, ended bool) {
	s, err := a.o.Store.Subscription(ctx, q, id)
	if err != nil {
		return // it has ended
	}
	g := a.confirmation(q, &s)
	m := wire.SubscriptionConfirmation{
		MessageType: "SubscriptionConfirmation", Message: "You have chosen to subscribe to the queue: " + q.Name,
		QueueName: q.Name, ProjectID: q.Project, URLSignature: g.Sign(a.o.SigningKey), URLMethods: g.Methods[0], URLPaths: g.Paths[0],
		URLExpires:    g.Expires.UTC().Format(dateForm),
		SubscribeBody: decided(true), UnsubscribeBody: decided(false),
	}
	if !ended {
		a.o.Elsewhere.Deliver(ctx, q, s, &m)
		return
	}
	m.MessageType = "UnsubscribeConfirmation"
	m.Message = "You have unsubscribed successfully to the queue: " + q.Name + ", you can resubscribe it by using confirmed=True."
	a.o.Elsewhere.Deliver(ctx, q, s, (*wire.UnsubscribeConfirmation)(&m))
}

// decided is the body of a confirmation.
func decided(confirmed bool) wire.Raw {
	return msgp.AppendBool(msgp.AppendString(msgp.AppendMapHeader(nil, 1), "confirmed"), confirmed)
}

// subscriptionConfirm says for a webhook whether it is sent messages. Whoever asks, it
// takes the very signature that the webhook was sent (SUB-86).
func subscriptionConfirm(ctx context.Context, a *API, c caller, b *wire.SubscriptionConfirm) (int, msgp.Marshaler, error) {
	q := store.Queue{Project: c.Headers.ProjectID, Name: b.QueueName} // not that of the connection
	due := a.confirmation(q, &store.Subscription{ID: b.SubscriptionID})
	end, err := readDate(c.Headers.URLExpires)
	due.Expires = end
	if err != nil || !a.o.Now().Before(end) || !slices.Equal(c.Headers.URLMethods, due.Methods) ||
		!slices.Equal(c.Headers.URLPaths, due.Paths) || !due.Signed(a.o.SigningKey, c.Headers.URLSignature) {
		return 0, nil, &refusal{
			statusForbidden, "headers.URL-Signature: must be that of a confirmation request, with the headers that it is for.",
		}
	}
	if err := a.o.Store.ConfirmSubscription(ctx, q, b.SubscriptionID, b.Confirmed); err != nil {
		return 0, nil, err // SUB-87
	}
	if !b.Confirmed {
		a.askWebhook(ctx, q, b.SubscriptionID, true)
	}
	return statusNoContent, nil, nil // SUB-83
}
