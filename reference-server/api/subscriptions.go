// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Hub knows the connections that subscribe.
type Hub interface {
	// Connect returns the subscriber that stands for a connection.
	Connect(push func(f wire.Format, n msgp.Marshaler) bool) (address string)
	// By returns a context for what a connection asks for, which may have no address: it
	// is told of no end that this brings about (SUB-58).
	By(ctx context.Context, address string) context.Context
	// Disconnect ends the subscriptions of a connection.
	Disconnect(ctx context.Context, address string)
}

// Elsewhere serves subscribers that are no connection.
type Elsewhere interface {
	// Check tells whether a subscriber can be served as the options ask; an empty one
	// stands for any. Its error is a *wire.Refusal.
	Check(subscriber string, options []byte) error
	// Deliver takes over what a subscriber is told. It never waits.
	Deliver(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler)
}

// subscriptionCreate subscribes the caller's connection to a queue, or a URL.
func subscriptionCreate(ctx context.Context, a *API, c caller, b *wire.SubscriptionCreate) (int, msgp.Marshaler, error) {
	n := store.NewSubscription{
		Subscriber: or(b.Subscriber, ""),
		TTL:        seconds(or(b.TTL, a.o.Limits.DefaultSubscriptionTTL)),
		Options:    b.Options,
		Format:     int(c.Format),
		Confirmed:  true,     // SUB-48
		Existing:   c.signed, // AUT-57
	}
	if err := a.subscriber(c.session, &n); err != nil {
		return 0, nil, err
	}
	q := c.queue(b.QueueName)
	if !n.Confirmed && !a.confirmation(q, &store.Subscription{}).plain() {
		return 0, nil, errUnsignable // it could never confirm
	}
	id, err := a.o.Store.CreateSubscription(ctx, q, n)
	if known, ok := errors.AsType[*store.Error](err); ok && known.Kind == store.Exists {
		if was, err := a.o.Store.Subscription(ctx, q, known.ID); err == nil && !was.Confirmed {
			a.askWebhook(ctx, q, known.ID, false) // SUB-88
		}
		text := known.Error()
		return statusConflict, &wire.Duplicate{Error: &text, SubscriptionID: &known.ID}, nil // SUB-9, SUB-10
	}
	if err != nil {
		return 0, nil, err
	}
	if !n.Confirmed {
		a.askWebhook(ctx, q, id, false) // SUB-80
	}
	message := "Subscribed to " + b.QueueName + "."
	return statusCreated, &wire.NewSubscription{SubscriptionID: id, Message: &message}, nil // SUB-1
}

// subscriber sets who is told: the session's connection if the request names nobody.
func (a *API) subscriber(s *Session, n *store.NewSubscription) error {
	if n.Subscriber == "" { // SUB-12
		if err := a.o.Elsewhere.Check("", n.Options); err != nil { // SUB-65, SUB-69, SUB-89
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.address == "" {
			s.address = a.o.Hub.Connect(s.Push)
		}
		n.Subscriber = s.address
		return nil
	}
	scheme, _, isURL := strings.Cut(n.Subscriber, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "trust+http", "trust+https":
	default:
		isURL = false
	}
	if !isURL { // SUB-7, SUB-14
		return subscriberRefused("must be a URL of http, https, mailto, trust+http or trust+https, or empty for this connection")
	}
	n.Confirmed = !a.o.RequireConfirmation // SUB-81
	return a.o.Elsewhere.Check(n.Subscriber, n.Options)
}

func subscriberRefused(why string) error {
	return &wire.Refusal{Path: "body.subscriber", Rule: "subscriber", Req: "SUB-7", Text: why}
}

// subscriptionGet returns a subscription.
func subscriptionGet(ctx context.Context, a *API, c caller, b *wire.SubscriptionGet) (int, msgp.Marshaler, error) {
	s, err := a.o.Store.Subscription(ctx, c.queue(b.QueueName), b.SubscriptionID)
	if err != nil {
		return 0, nil, err // SUB-23
	}
	found := subscriptionOf(b.QueueName, &s)
	return statusOK, &found, nil
}

func subscriptionOf(queue string, s *store.Subscription) wire.Subscription {
	return wire.Subscription{
		ID: s.ID, Source: queue, Subscriber: s.Subscriber, TTL: whole(s.TTL), Age: whole(s.Age),
		Options: metadataOf(s.Options), Confirmed: &s.Confirmed,
	}
}

// subscriptionList returns a page of a queue's subscriptions.
func subscriptionList(ctx context.Context, a *API, c caller, b *wire.SubscriptionList) (int, msgp.Marshaler, error) {
	page := store.Page{Marker: or(b.Marker, ""), Batch: batch(b.Limit, a.o.Limits.DefaultSubscriptionsPerPage)}
	list, err := a.o.Store.ListSubscriptions(ctx, c.queue(b.QueueName), page)
	if err != nil {
		return 0, nil, err
	}
	if n := len(list); n > 0 {
		page.Marker = list[n-1].ID // SUB-28
	}
	shown := func(s *store.Subscription) wire.Subscription { return subscriptionOf(b.QueueName, s) }
	return statusOK, &wire.SubscriptionPage{Subscriptions: mapped(list, shown), Marker: &page.Marker}, nil
}

// subscriptionUpdate starts a subscription's life anew.
func subscriptionUpdate(ctx context.Context, a *API, c caller, b *wire.SubscriptionUpdate) (int, msgp.Marshaler, error) {
	if or(b.Subscriber, "") != "" { // SUB-37
		return 0, nil, subscriberRefused("must be absent or empty: it cannot be changed, but another be subscribed")
	}
	if err := a.o.Elsewhere.Check("", b.Options); err != nil {
		return 0, nil, err
	}
	err := a.o.Store.UpdateSubscription(ctx, c.queue(b.QueueName), b.SubscriptionID, seconds(or(b.TTL, 0)), b.Options)
	if err != nil {
		return 0, nil, err // SUB-32
	}
	return statusNoContent, nil, nil
}

// subscriptionDelete ends a subscription, if there is one.
func subscriptionDelete(ctx context.Context, a *API, c caller, b *wire.SubscriptionDelete) (int, msgp.Marshaler, error) {
	by := a.o.Hub.By(ctx, c.session.subscriber())
	return statusNoContent, nil, a.o.Store.DeleteSubscription(by, c.queue(b.QueueName), b.SubscriptionID)
}

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
