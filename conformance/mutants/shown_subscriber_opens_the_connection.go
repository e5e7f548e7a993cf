// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shownSubscriberOpensTheConnection = Mutant{
	Name: "shown-subscriber-opens-the-connection", Breaks: spec.SUB13, Fact: "F191,F267",
	Does: "what is shown as the subscriber of a connection subscribes it, whoever asks",
	API:  func(next api.Doer) api.Doer { return &open{Doer: next} },
}

type open struct {
	api.Doer

	sessions memo[string, *api.Session] // by what is shown for them
}

func (d *open) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	body, _ := valueOf(req.Body).(object)
	shown, _ := body["subscriber"].(string)
	if req.Action != "subscription_create" {
		return d.Doer.Do(ctx, s, req)
	}
	if victim, is := d.sessions.get(shown); is {
		delete(body, "subscriber")
		again := *req
		again.Body = rawOf(body)
		return d.Doer.Do(ctx, &api.Session{Identity: s.Identity, Push: victim.Push}, &again)
	}
	resp := d.Doer.Do(ctx, s, req)
	if made, ok := resp.Body.(*wire.NewSubscription); ok {
		ask := object{"queue_name": body["queue_name"], "subscription_id": made.SubscriptionID}
		get := &wire.Request{Action: "subscription_get", Headers: req.Headers, Body: rawOf(ask)}
		if got, ok := d.Doer.Do(ctx, s, get).Body.(*wire.Subscription); ok {
			d.sessions.put(got.Subscriber, s)
		}
	}
	return resp
}
