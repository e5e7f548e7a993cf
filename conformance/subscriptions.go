// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"maps"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// subscriptions are the cases of spec/subscriptions.md.
func subscriptions(s *suite) {
	subscriptionCreate(s)
	subscriptionTTL(s)
	subscriptionRefused(s)
	subscriptionOnce(s)
	subscriptionShown(s)
	subscriptionList(s)
	subscriptionListBounds(s)
	subscriptionMarkers(s)
	subscriptionUpdate(s)
	subscriptionDelete(s)
	notifications(s)
	notificationValues(s)
	notificationKinds(s)
	notificationIDs(s)
	notificationOrder(s)
	notificationScope(s)
	subscriptionOfOthers(s)
	subscriptionEnds(s)
	subscriptionEndsWithItsQueue(s)
	subscriptionEndsTold(s)
	subscriptionWaits(s)
	subscriptionWaitsAgain(s)
	negatives(s, "subscriptions")
}

// subscribing is the rule of a case that needs subscriptions, and more of them.
func subscribing(more ...string) Rule {
	return Rule{Needs: append([]string{"subscriptions"}, more...)}
}

// subscribed is for a case whose queue has n subscriptions, which are to fit one page.
func (r Rule) subscribed(n int64) Rule {
	return r.sharing(n).atLeast(n, "max_subscriptions_per_page")
}

// sharing is for a case whose queue has n subscriptions.
func (r Rule) sharing(n int64) Rule { return r.atLeast(n, "max_subscriptions_per_queue") }

// both is for a case whose connection has two subscriptions.
func (r Rule) both() Rule { return r.atLeast(2, "max_subscriptions_per_connection") }

// inOneFormat is for a case with subscriptions whose kind of message matters, or that
// moves much.
func inOneFormat() Rule {
	r := subscribing()
	r.Formats, r.Timeout = Formats(), 90*time.Second
	return r
}

// shortlyOver is a life of a subscription, so many seconds over the shortest if there may be such.
func shortlyOver(p *Peer, s int64) int64 {
	return min(p.Limit("min_subscription_ttl")+s, p.Limit("max_subscription_ttl"))
}

// subscribe asks for a subscription of the connection, with what else is given.
func subscribe(ctx context.Context, p *Peer, queue string, more M) *Answer {
	body := M{"queue_name": queue}
	maps.Copy(body, more)
	return p.Do(ctx, "subscription_create", body)
}

// subscribedToAll subscribes a connection to as many queues as it may, and returns them.
func subscribedToAll(ctx context.Context, p *Peer) []string {
	most := p.Limit("max_subscriptions_per_connection")
	if most > 256 {
		p.Skip("it would take more than 256 queues")
	}
	queues := make([]string, most)
	for i := range queues {
		queues[i] = p.Name()
		p.Subscribe(ctx, queues[i])
	}
	return queues
}

// subscriptionsOf are all of a queue, if they fit a page.
func subscriptionsOf(ctx context.Context, p *Peer, queue string) *Answer {
	body := M{"queue_name": queue, "limit": p.Limit("max_subscriptions_per_page")}
	return p.Do(ctx, "subscription_list", body).WantStatus(200)
}

func subscriptionCreate(s *suite) {
	s.checkWith(spec.SUB1, "to-the-connection", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		id := subscribe(ctx, p, queue, nil).WantStatus(201).Want("body.subscription_id", AnyString()).Text("body.subscription_id")

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", L{id})
	})

	s.checkWith(spec.SUB2, "no-such-queue", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)

		subscribe(ctx, p, queue, nil).WantStatus(201)

		p.Do(ctx, "message_list", M{"queue_name": queue}).WantStatus(200)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200)
	})

	s.checkWith(spec.SUB3, "names-that-no-queue-can-have", subscribing(), func(ctx context.Context, p *Peer) {
		name := p.Name()
		subscribe(ctx, p, name, nil).WantStatus(201)
		for _, ending := range append(badEndings(), tooLong(p, name)) {
			subscribe(ctx, p, name+ending, nil).WantError(400)
		}
		subscribe(ctx, p, "", nil).WantError(400)
		p.WantAlive(ctx)
	})

	s.checkWith(spec.SUB3, "a-line-feed-at-the-end", subscribing(), func(ctx context.Context, p *Peer) {
		subscribe(ctx, p, p.Name()+"\n", nil).WantError(400)
		p.WantAlive(ctx)
	})
}

func subscriptionTTL(s *suite) {
	s.checkWith(spec.SUB4, "ttl-below-the-minimum", subscribing(), func(ctx context.Context, p *Peer) {
		queue, least := p.NewQueue(ctx), p.Limit("min_subscription_ttl")
		for _, ttl := range []int64{least - 1, least / 2, -1, -least} {
			subscribe(ctx, p, queue, M{"ttl": ttl}).WantError(400)
		}
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
		subscribe(ctx, p, queue, M{"ttl": least}).WantStatus(201)
	})

	s.checkWith(spec.SUB4, "ttl-of-zero", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		subscribe(ctx, p, queue, M{"ttl": 0}).WantError(400)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
	})

	s.checkWith(spec.SUB6, "asked-for", subscribing(), func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), shortlyOver(p, 1)

		subscribe(ctx, p, queue, M{"ttl": ttl}).WantStatus(201)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].ttl", L{ttl})
	})

	s.checkWith(spec.SUB6, "by-default", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		subscribe(ctx, p, queue, nil).WantStatus(201)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].ttl", L{p.Limit("default_subscription_ttl")})
	})
}

func subscriptionRefused(s *suite) {
	s.checkWith(spec.SUB7, "schemes-that-nobody-serves", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for _, subscriber := range []string{
			"ftp://example.org/", "ws://example.org/", "zaqar:x", "file:///etc/passwd", "trust+ftp://example.org/",
			"example.org", "//example.org/", "http", "/", ":", "httpx://example.org/",
		} {
			subscribe(ctx, p, queue, M{"subscriber": subscriber}).WantError(400)
		}
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
	})

	s.checkWith(spec.SUB17, "whatever-is-wrong", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for _, bad := range []M{
			{"ttl": p.Limit("min_subscription_ttl") - 1}, {"ttl": "60"}, {"options": L{}}, {"subscriber": 7},
		} {
			subscribe(ctx, p, queue, bad).WantError(400)
		}
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})
		p.Post(ctx, queue, "a")
		p.NotNotified(ctx)
	})

	s.checkWith(spec.SUB17, "nor-a-queue", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.Name()
		for _, bad := range []M{
			{"ttl": p.Limit("min_subscription_ttl") - 1}, {"ttl": "60"}, {"options": L{}}, {"subscriber": 7},
		} {
			subscribe(ctx, p, queue, bad).WantError(400)
			p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		}
	})

	s.checkWith(spec.SUB17, "nor-the-queue-of-one-too-many", subscribing(), func(ctx context.Context, p *Peer) {
		subscribedToAll(ctx, p)
		last := p.Name()
		if subscribe(ctx, p, last, nil).Status() != 201 { // SUB-15 is no MUST
			p.Do(ctx, "message_list", M{"queue_name": last}).WantError(404)
		}
	})
}

func subscriptionOnce(s *suite) {
	s.checkWith(spec.SUB9, "one-connection-twice", subscribing().both().sharing(2), func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), p.Limit("min_subscription_ttl")
		id := p.Subscribe(ctx, queue)

		subscribe(ctx, p, queue, nil).WantError(409)
		subscribe(ctx, p, queue, M{"ttl": ttl, "options": M{"a": 1}, "subscriber": ""}).WantError(409)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", L{id})
		subscribe(ctx, p.Another(ctx), queue, nil).WantStatus(201)
		subscribe(ctx, p, p.NewQueue(ctx), nil).WantStatus(201)
	})

	s.checkWith(spec.SUB9, "a-full-connection", subscribing(), func(ctx context.Context, p *Peer) {
		queues := subscribedToAll(ctx, p)

		subscribe(ctx, p, queues[len(queues)/2], nil).WantError(409)
	})

	s.checkWith(spec.SUB10, "one-connection-twice", subscribing().both().sharing(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)

		subscribe(ctx, p, queue, nil).WantError(409).Want("body.subscription_id", id)
	})

	s.checkWith(spec.SUB11, "after-it-was-deleted", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for range 3 {
			id := p.Subscribe(ctx, queue)
			p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)
		}
		subscribe(ctx, p, queue, nil).WantStatus(201)
		p.Post(ctx, queue, "a")
		p.Want("bodies", p.NotifiedOf(ctx, 1), L{"a"})
	})

	s.checkWith(spec.SUB12, "absent-and-empty", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		subscribe(ctx, p, queue, nil).WantStatus(201)
		subscribe(ctx, other, queue, M{"subscriber": ""}).WantStatus(201)

		p.Another(ctx).Post(ctx, queue, "a")

		p.Notified(ctx).Want("body", "a")
		other.Notified(ctx).Want("body", "a")
	})

	s.checkWith(spec.SUB15, "one-more", subscribing(), func(ctx context.Context, p *Peer) {
		subscribedToAll(ctx, p)
		last := p.Name()
		subscribe(ctx, p, last, nil).WantError(403)
		subscribe(ctx, p.Another(ctx), last, nil).WantStatus(201)
	})
}

func subscriptionShown(s *suite) {
	s.checkWith(spec.SUB20, "every-key", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)

		p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantStatus(200).
			Want("body", Having(M{"id": id, "source": queue, "subscriber": AnyString(), "options": M{}})).
			Want("body.age", Between(0, 30))
	})

	s.checkWith(spec.SUB21, "given-and-absent", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		options := M{"colour": "green", "nested": M{"list": L{1, nil, "é"}}, "_odd": true}
		subscribe(ctx, p, queue, M{"options": options}).WantStatus(201)
		id := other.Subscribe(ctx, queue)

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].options", Unordered(M{}, options))
		p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).Want("body.options", M{})
	})

	s.checkWith(spec.SUB23, "unknown-or-deleted", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		id := p.Subscribe(ctx, queue)
		get := func(queue, id string) *Answer {
			return p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id})
		}
		get(queue, id).WantStatus(200)

		get(queue, p.NewClient()).WantError(404)
		get(p.Name(), id).WantError(404)
		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)
		get(queue, id).WantError(404)
	})

	foreign := subscribing()
	foreign.NeedsOwnProject, foreign.Labels = true, []string{Isolation}
	s.checkWith(spec.SUB23, "of-another-queue-or-project", foreign, func(ctx context.Context, p *Peer) {
		queue, q := p.NewQueue(ctx), p.Another(ctx).In(p.NewProject())
		id := p.Subscribe(ctx, queue)
		q.scene.name(queueName{Project: q.project, Name: queue})
		q.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)

		q.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantError(404)
		p.Do(ctx, "subscription_get", M{"queue_name": p.NewQueue(ctx), "subscription_id": id}).WantError(404)

		p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": id}).WantStatus(200)
	})
}
