// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/spec"
)

func subscriptionUpdate(s *suite) {
	updating := subscribing("subscription_update")

	s.checkWith(spec.SUB30, "another-ttl", updating, func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), shortlyOver(p, 7)
		id := p.Subscribe(ctx, queue)

		p.Do(ctx, "subscription_update", M{"queue_name": queue, "subscription_id": id, "ttl": ttl}).WantStatus(204)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].ttl", L{ttl})
	})

	s.checkWith(spec.SUB30, "no-ttl", updating, func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), shortlyOver(p, 7)
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")

		p.Do(ctx, "subscription_update", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].ttl", L{ttl})
	})

	s.checkWith(spec.SUB31, "other-options-and-none", updating, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := subscribe(ctx, p, queue, M{"options": M{"a": 1, "b": 2}}).WantStatus(201).Text("body.subscription_id")
		update := M{"queue_name": queue, "subscription_id": id, "options": M{"a": 3}}

		p.Do(ctx, "subscription_update", update).WantStatus(204)
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].options", L{M{"a": 3}})

		p.Do(ctx, "subscription_update", lacking(update, "options")).WantStatus(204)
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].options", L{M{"a": 3}})

		p.Do(ctx, "subscription_update", setting(update, "options", M{})).WantStatus(204)
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].options", L{M{}})
	})

	subscriptionUpdateRefused(s, updating)
}

func subscriptionUpdateRefused(s *suite, updating Rule) {
	s.checkWith(spec.SUB32, "no-such-subscription", updating, func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)
		update := M{"queue_name": queue, "subscription_id": id, "ttl": p.Limit("min_subscription_ttl")}

		p.Do(ctx, "subscription_update", setting(update, "subscription_id", p.NewClient())).WantError(404)
		p.Do(ctx, "subscription_update", setting(update, "queue_name", other)).WantError(404)
		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)
		p.Do(ctx, "subscription_update", update).WantError(404)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
	})

	s.checkWith(spec.SUB33, "ttl-below-the-minimum", updating, func(ctx context.Context, p *Peer) {
		queue, least, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl"), shortlyOver(p, 1)
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")
		for _, bad := range []int64{least - 1, least / 2, 0, -1} {
			update := M{"queue_name": queue, "subscription_id": id, "ttl": bad, "options": M{"a": 1}}
			p.Do(ctx, "subscription_update", update).WantError(400)
		}
		subscriptionsOf(ctx, p, queue).
			Want("body.subscriptions[*].ttl", L{ttl}).
			Want("body.subscriptions[*].options", L{M{}})
	})

	s.checkWith(spec.SUB37, "another-subscriber", updating, func(ctx context.Context, p *Peer) {
		queue, least, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl"), shortlyOver(p, 1)
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")
		update := M{"queue_name": queue, "subscription_id": id, "ttl": least, "subscriber": "https://example.org/hook"}

		p.Do(ctx, "subscription_update", update).WantError(400)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].ttl", L{ttl})
		p.Do(ctx, "subscription_update", setting(update, "subscriber", "")).WantStatus(204)
	})
}

func subscriptionDelete(s *suite) {
	s.checkWith(spec.SUB34, "whatever-there-is", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)
		for _, body := range []M{
			{"queue_name": queue, "subscription_id": id},
			{"queue_name": queue, "subscription_id": id},
			{"queue_name": queue, "subscription_id": p.NewClient()},
			{"queue_name": p.Name(), "subscription_id": id},
		} {
			p.Do(ctx, "subscription_delete", body).WantStatus(204)
		}
	})

	s.checkWith(spec.SUB35, "one-of-two", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		id, kept := p.Subscribe(ctx, queue), other.Subscribe(ctx, queue)

		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", L{kept})
		p.Post(ctx, queue, "a")
		other.Notified(ctx).Want("body", "a")
		p.NotNotified(ctx)
	})

	foreign := subscribing()
	foreign.NeedsOwnProject, foreign.Labels = true, []string{Isolation}
	s.checkWith(spec.SUB35, "of-another-queue-or-project", foreign, func(ctx context.Context, p *Peer) {
		queue, q := p.NewQueue(ctx), p.Another(ctx).In(p.NewProject())
		id := p.Subscribe(ctx, queue)

		p.Do(ctx, "subscription_delete", M{"queue_name": p.NewQueue(ctx), "subscription_id": id}).WantStatus(204)
		q.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", L{id})
		p.Post(ctx, queue, "a")
		p.Notified(ctx).Want("body", "a")
	})
}
