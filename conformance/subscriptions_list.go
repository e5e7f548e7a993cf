// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// subscribers opens n more connections and subscribes each, and returns the ids in byte
// order.
func subscribers(ctx context.Context, p *Peer, queue string, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = p.Another(ctx).Subscribe(ctx, queue)
	}
	slices.Sort(ids)
	return ids
}

func subscriptionList(s *suite) {
	s.checkWith(spec.SUB24, "of-several-connections", subscribing().subscribed(4), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := subscribers(ctx, p, queue, 4)
		p.Subscribe(ctx, p.NewQueue(ctx))

		list := subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", Unordered(ids...))

		for _, one := range list.Maps("body.subscriptions") {
			p.Do(ctx, "subscription_get", M{"queue_name": queue, "subscription_id": one["id"]}).
				Want("body", Having(lacking(one, "age")))
		}
	})

	s.checkWith(spec.SUB24, "page-by-page", subscribing().subscribed(2).sharing(5), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := subscribers(ctx, p, queue, 5)

		var seen []string
		for marker := ""; len(seen) <= len(ids); marker = seen[len(seen)-1] {
			page := p.Do(ctx, "subscription_list", M{"queue_name": queue, "limit": 2, "marker": marker}).WantStatus(200)
			some := page.Strings("body.subscriptions[*].id")
			if len(some) == 0 {
				break
			}
			seen = append(seen, some...)
		}
		p.Want("ids in all pages", seen, Unordered(ids...))
	})

	subscriptionPages(s)
}

func subscriptionPages(s *suite) {
	s.checkWith(spec.SUB25, "page-by-page", subscribing().subscribed(5), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		subscribers(ctx, p, queue, 5)
		ids := listedSubscriptions(ctx, p, queue, 5)
		page := func(marker string) *Answer {
			return p.Do(ctx, "subscription_list", M{"queue_name": queue, "limit": 2, "marker": marker}).WantStatus(200)
		}
		page("").Want("body.subscriptions[*].id", ids[:2])
		page(ids[1]).Want("body.subscriptions[*].id", ids[2:4])
		page(ids[3]).Want("body.subscriptions[*].id", ids[4:])
		page(ids[4]).Want("body.subscriptions", L{})
	})

	s.checkWith(spec.SUB25, "behind-the-first-of-all", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		subscribers(ctx, p, queue, 2)
		ids := listedSubscriptions(ctx, p, queue, 2)

		p.Do(ctx, "subscription_list", M{"queue_name": queue, "marker": ids[0]}).WantStatus(200).
			Want("body.subscriptions[*].id", ids[1:])
	})

	s.checkWith(spec.SUB25, "without-a-limit", subscribing(), func(ctx context.Context, p *Peer) {
		queue, n := p.NewQueue(ctx), int(p.Limit("default_subscriptions_per_page"))
		if n > 64 {
			p.Skip("it would take more than 64 connections")
		}
		if int64(n) >= p.Limit("max_subscriptions_per_queue") {
			p.Skip("a queue cannot have more subscriptions than a page")
		}
		ids := subscribers(ctx, p, queue, n+1)

		page := p.Do(ctx, "subscription_list", M{"queue_name": queue}).WantStatus(200).Strings("body.subscriptions[*].id")
		p.Want("how many are on the page", len(page), n)
		rest := p.Do(ctx, "subscription_list", M{"queue_name": queue, "marker": page[n-1]}).WantStatus(200).
			Strings("body.subscriptions[*].id")
		p.Want("ids in both pages", append(page, rest...), Unordered(ids...))
	})
}

// listedSubscriptions are the ids of all of a queue, in the order of the target.
func listedSubscriptions(ctx context.Context, p *Peer, queue string, n int) []string {
	ids := subscriptionsOf(ctx, p, queue).Strings("body.subscriptions[*].id")
	p.Want("how many are listed", len(ids), n)
	return ids
}

func subscriptionMarkers(s *suite) {
	s.checkWith(spec.SUB29, "in-byte-order-of-ids", subscribing().subscribed(4), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := subscribers(ctx, p, queue, 4)
		subscriptionsOf(ctx, p, queue).Want("body.subscriptions[*].id", ids)
		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": ids[1]}).WantStatus(204)

		p.Do(ctx, "subscription_list", M{"queue_name": queue, "marker": ids[1]}).WantStatus(200).
			Want("body.subscriptions[*].id", ids[2:])
	})

	s.checkWith(spec.SUB36, "unknown-and-ended", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := subscribers(ctx, p, queue, 2)
		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": ids[0]}).WantStatus(204)

		for _, marker := range []string{ids[0], p.NewClient(), "0", "nobody", "é", ids[1] + "0"} {
			p.Do(ctx, "subscription_list", M{"queue_name": queue, "marker": marker}).WantStatus(200, 400)
		}
		p.WantAlive(ctx)
	})
}

func subscriptionListBounds(s *suite) {
	s.checkWith(spec.SUB26, "limit-out-of-bounds", subscribing(), func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_subscriptions_per_page")
		list := func(limit int64) *Answer {
			return p.Do(ctx, "subscription_list", M{"queue_name": queue, "limit": limit})
		}
		list(1).WantStatus(200)
		list(most).WantStatus(200)

		for _, limit := range []int64{0, -1, most + 1, 1 << 40} {
			list(limit).WantError(400)
		}
	})

	s.checkWith(spec.SUB27, "no-such-queue", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.Name()

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", L{})

		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
	})

	s.checkWith(spec.SUB28, "to-the-next-page", subscribing("next_marker").subscribed(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := subscribers(ctx, p, queue, 3)
		page := p.Do(ctx, "subscription_list", M{"queue_name": queue, "limit": 2}).WantStatus(200)

		rest := p.Do(ctx, "subscription_list", M{"queue_name": queue, "marker": page.Text("body.marker")}).WantStatus(200)
		seen := append(page.Strings("body.subscriptions[*].id"), rest.Strings("body.subscriptions[*].id")...)
		p.Want("ids in both pages", seen, Unordered(ids...))
	})
}
