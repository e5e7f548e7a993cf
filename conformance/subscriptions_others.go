// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

func subscriptionOfOthers(s *suite) {
	secure := subscribing()
	secure.Labels = []string{Isolation, Security}
	s.checkWith(spec.SUB13, "by-what-is-shown", secure, func(ctx context.Context, p *Peer) {
		attackedAsIn(ctx, p, p.Another(ctx))
	})

	foreign := secure
	foreign.NeedsOwnProject = true
	s.checkWith(spec.SUB13, "by-what-is-shown-from-another-project", foreign, func(ctx context.Context, p *Peer) {
		attackedAsIn(ctx, p, p.Another(ctx).In(p.NewProject()))
	})

	s.checkWith(spec.SUB14, "what-is-shown", secure, func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		p.Subscribe(ctx, queue)
		shown := subscriptionsOf(ctx, other, queue).Text("body.subscriptions[0].subscriber")

		subscribe(ctx, other, p.NewQueue(ctx), M{"subscriber": shown}).WantError(400)
	})

	patient := subscribing()
	patient.Labels, patient.Timeout = []string{Concurrency}, time.Minute
	s.checkWith(spec.SUB49, "one-that-does-not-read", patient.sharing(2), func(ctx context.Context, p *Peer) {
		const posts = 60
		size := min(p.Limit("max_messages_post_size")-1024, 256<<10, p.Limit("max_outbox")/2)
		queue, stuck, other := p.NewQueue(ctx), p.Another(ctx), p.Another(ctx)
		stuck.Subscribe(ctx, queue)
		other.Subscribe(ctx, queue)
		stuck.DoesNotRead()
		body := strings.Repeat("x", int(size))
		for range posts {
			p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": body}}}).WantStatus(201)
			other.Notified(ctx).Want("body", body)
		}
	})
}

// attackedAsIn subscribes p, lets the other connection use what is shown of that to
// subscribe p to a queue of the other's, and judges that p is not told of it.
func attackedAsIn(ctx context.Context, p, other *Peer) {
	queue := p.NewQueue(ctx)
	id := p.Subscribe(ctx, queue)
	theirs := other.NewQueue(ctx)
	shown := p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantStatus(200).Text("body.subscriber")
	subscribe(ctx, other, theirs, M{"subscriber": shown}).WantStatus(201, 400, 403, 404, 409)

	other.Post(ctx, theirs, "for somebody else")
	p.Another(ctx).Post(ctx, queue, "mine")

	p.Notified(ctx).Want("body", "mine")
	p.NotNotified(ctx)
}

func subscriptionEnds(s *suite) {
	s.checkWith(spec.SUB52, "closed", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		kept := p.Subscribe(ctx, queue)
		other.Subscribe(ctx, queue)

		other.Close(ctx, 1000, "")
		other.WantClosed(ctx)

		p.Until(ctx, func() *Answer { return subscriptionsOf(ctx, p, queue) }, "body.subscriptions[*].id", L{kept})
	})

	s.checkWith(spec.SUB53, "deleted", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)
		p.Post(ctx, queue, "told")

		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)
		p.Post(ctx, queue, "not told")

		p.Notified(ctx).Want("body", "told")
		p.NotNotified(ctx)
	})
}

func subscriptionEndsWithItsQueue(s *suite) {
	s.checkWith(spec.SUB54, "and-made-anew", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)

		p.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)

		p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantError(404)
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
		p.Post(ctx, queue, "a")
		p.NotNotified(ctx)
	})

	for _, purge := range []struct {
		slug string
		body M
	}{{"by-default", M{}}, {"named", M{"resource_types": L{"messages", "subscriptions"}}}} {
		s.checkWith(spec.SUB55, purge.slug, subscribing(), func(ctx context.Context, p *Peer) {
			queue := p.NewQueue(ctx)
			p.Subscribe(ctx, queue)

			p.Do(ctx, "queue_purge", setting(purge.body, "queue_name", queue)).WantStatus(204)

			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
			p.Post(ctx, queue, "a")
			p.NotNotified(ctx)
		})
	}

	s.checkWith(spec.SUB55, "twelve", subscribing().sharing(12), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		subscribers(ctx, p, queue, 12)

		p.Do(ctx, "queue_purge", M{"queue_name": queue, "resource_types": L{"subscriptions"}}).WantStatus(204)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
	})

	s.checkWith(spec.SUB56, "messages-alone", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)
		for _, types := range []L{{"messages"}, {}} {
			p.Do(ctx, "queue_purge", M{"queue_name": queue, "resource_types": types}).WantStatus(204)
		}

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", L{id})
		p.Post(ctx, queue, "a")
		p.Notified(ctx).Want("body", "a")
	})
}

func subscriptionEndsTold(s *suite) {
	told := func(slug, reason string, end func(queue, id string) (action string, body M)) {
		s.checkWith(spec.SUB57, slug, subscribing("subscription_ended"), func(ctx context.Context, p *Peer) {
			queue, other := p.NewQueue(ctx), p.Another(ctx)
			id := p.Subscribe(ctx, queue)
			action, body := end(queue, id)

			other.Do(ctx, action, body).WantStatus(204)

			p.Ended(ctx).Want("queue_name", queue).Want("subscription_id", id).Want("reason", reason)
			subscribe(ctx, p, queue, nil).WantStatus(201)
		})
	}
	untold := func(slug string, end func(queue, id string) (action string, body M)) {
		s.checkWith(spec.SUB58, slug, subscribing(), func(ctx context.Context, p *Peer) {
			queue := p.NewQueue(ctx)
			action, body := end(queue, p.Subscribe(ctx, queue))

			p.Do(ctx, action, body).WantStatus(204)

			p.NotTold(ctx)
		})
	}
	ends := func(slug, reason string, end func(queue, id string) (action string, body M)) {
		told(slug, reason, end)
		untold(slug, end)
	}
	ends("deleted", "deleted", func(queue, id string) (string, M) {
		return "subscription_delete", M{"queue_name": queue, "subscription_id": id}
	})
	ends("purged", "purged", func(queue, _ string) (string, M) { return "queue_purge", M{"queue_name": queue} })
	ends("with-its-queue", "queue_deleted", func(queue, _ string) (string, M) { return "queue_delete", M{"queue_name": queue} })
}

func subscriptionWaits(s *suite) {
	s.waitWith(spec.SUB22, "counted", subscribing(), func(ctx context.Context, p *Peer) []Step {
		queue := p.NewQueue(ctx)
		subscribe(ctx, p, queue, M{"ttl": shortlyOver(p, 60)}).WantStatus(201)
		return []Step{{At: 5 * time.Second, Until: 50 * time.Second, Do: func(ctx context.Context) {
			subscriptionsOf(ctx, p, queue).Want("body.subscriptions[0].age", Between(5, 50))
		}}}
	})

	s.waitWith(spec.SUB50, "at-the-end-of-its-ttl", subscribing(), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl")
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")
		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			p.Post(ctx, queue, "too late")
			p.NotNotified(ctx)
			p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantError(404)
			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
		}}}
	})

	s.waitWith(spec.SUB51, "until-then", subscribing(), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), max(60, p.Limit("min_subscription_ttl"))
		subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201)
		return []Step{{
			At: time.Duration(ttl-10) * time.Second, Until: time.Duration(ttl-1) * time.Second,
			Do: func(ctx context.Context) {
				p.Post(ctx, queue, "in time")
				p.Notified(ctx).Want("body", "in time")
			},
		}}
	})
}

func subscriptionWaitsAgain(s *suite) {
	s.waitWith(spec.SUB11, "after-its-ttl", subscribing(), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl")
		subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201)
		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			subscribe(ctx, p, queue, nil).WantStatus(201)
			p.Post(ctx, queue, "again")
			p.Notified(ctx).Want("body", "again")
		}}}
	})

	s.waitWith(spec.SUB30, "a-new-life", subscribing("subscription_update"), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), max(60, p.Limit("min_subscription_ttl"))
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")
		return []Step{
			{At: time.Duration(ttl-20) * time.Second, Until: time.Duration(ttl-1) * time.Second, Do: func(ctx context.Context) {
				p.Do(ctx, "subscription_update", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)
			}},
			{At: seconds(ttl) + late, Until: time.Duration(2*ttl-22) * time.Second, Do: func(ctx context.Context) {
				p.Post(ctx, queue, "still there")
				p.Notified(ctx).Want("body", "still there")
			}},
		}
	})

	s.waitWith(spec.SUB57, "expired", subscribing("subscription_ended"), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl")
		id := subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201).Text("body.subscription_id")
		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			p.Ended(ctx).Want("queue_name", queue).Want("subscription_id", id).Want("reason", "expired")
		}}}
	})
}
