// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// confirming is the rule of a case about the confirmation of webhooks, over WebSocket.
func confirming(more ...string) Rule {
	return hooking(append([]string{"confirmation", "subscription_confirm"}, more...)...)
}

// asked is a webhook that waits for its confirmation.
type asked struct {
	*Hook

	queue, id string
	request   *Answer // for confirmation
}

// asked subscribes a webhook to a queue, and takes its confirmation request.
func (p *Peer) asked(ctx context.Context, queue string) asked {
	h := asked{Hook: p.Hook(), queue: queue}
	p.scene.preparing(func() {
		h.id = h.ask(ctx, queue, nil).WantStatus(201).Text("body.subscription_id")
		h.request = h.Asked(ctx)
	})
	return h
}

// confirm answers the request.
func (h asked) confirm(ctx context.Context, p *Peer, confirmed bool, opts ...Option) *Answer {
	return p.Confirm(ctx, h.queue, h.id, h.request, confirmed, opts...)
}

// served judges that messages are posted to the webhook now.
func (h asked) served(ctx context.Context, body string) {
	h.p.Post(ctx, h.queue, body)
	h.Posted(ctx).Want("body.body", body)
}

// unserved judges that none are.
func (h asked) unserved(ctx context.Context) {
	h.p.Post(ctx, h.queue, "for nobody")
	h.NotPosted(ctx)
}

func webhookConfirmation(s *suite) {
	s.checkWith(spec.SUB80, "the-request", hooking("confirmation"), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()

		id := h.ask(ctx, queue, nil).WantStatus(201).Text("body.subscription_id")

		h.Asked(ctx).Want("Message_Type", "SubscriptionConfirmation").Want("Message", AnyString()).
			Want("queue_name", queue).Want("X-Project-ID", p.Project()).Want("URL-Methods", "PUT").
			Want("URL-Paths", "/v2/queues/"+queue+"/subscriptions/"+id+"/confirm").Want("URL-Signature", AnyString()).
			Want("URL-Expires", Matching(`^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d`)).
			Want("SubscribeBody", M{"confirmed": true}).Want("UnsubscribeBody", M{"confirmed": false})
		h.NotAsked(ctx)
	})

	s.checkWith(spec.SUB81, "before-it-is-confirmed", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))

		h.unserved(ctx)

		h.confirm(ctx, p, true).WantStatus(204)
		h.NotPosted(ctx)
		h.served(ctx, "a")
	})

	s.checkWith(spec.SUB82, "before-and-after", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))
		shown := func(confirmed bool) {
			p.Do(ctx, "subscription_get", M{"queue_name": h.queue, "subscription_id": h.id}).Want("body.confirmed", confirmed)
			subscriptionsOf(ctx, p, h.queue).Want("body.subscriptions[*].confirmed", L{confirmed})
		}

		shown(false)
		h.confirm(ctx, p, true).WantStatus(204)
		shown(true)
	})

	webhookConfirmed(s)
	webhookWithdrawal(s)
}

func webhookConfirmed(s *suite) {
	s.checkWith(spec.SUB83, "by-who-was-asked", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))

		h.confirm(ctx, p, true).WantStatus(204)

		h.served(ctx, "a")
	})

	s.checkWith(spec.SUB83, "by-who-has-no-token", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))

		h.confirm(ctx, p.Bare(ctx), true).WantStatus(204)

		h.served(ctx, "a")
	})

	elsewhere := confirming()
	elsewhere.NeedsOwnProject = true
	s.checkWith(spec.SUB83, "by-who-is-in-another-project", elsewhere, func(ctx context.Context, p *Peer) {
		h, other := p.asked(ctx, p.NewQueue(ctx)), p.In(p.NewProject()).Another(ctx)
		other.Do(ctx, "queue_list", nil).WantStatus(200)

		h.confirm(ctx, other, true).WantStatus(204)

		h.served(ctx, "a")
	})
}

func webhookWithdrawal(s *suite) {
	s.checkWith(spec.SUB84, "withdrawn", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))
		h.confirm(ctx, p, true).WantStatus(204)
		h.served(ctx, "a")

		h.confirm(ctx, p, false).WantStatus(204)

		h.unserved(ctx)
		h.confirm(ctx, p, true).WantStatus(204)
		h.served(ctx, "b")
	})

	s.checkWith(spec.SUB85, "withdrawn", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))
		h.confirm(ctx, p, true).WantStatus(204)

		h.confirm(ctx, p, false).WantStatus(204)

		h.request = h.Asked(ctx).Want("Message_Type", "UnsubscribeConfirmation").Want("queue_name", h.queue)
		h.confirm(ctx, p, true).WantStatus(204)
		h.served(ctx, "a")
	})

	s.checkWith(spec.SUB87, "an-ended-subscription", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))
		p.Do(ctx, "subscription_delete", M{"queue_name": h.queue, "subscription_id": h.id}).WantStatus(204)

		h.confirm(ctx, p, true).WantError(404)

		h.unserved(ctx)
	})

	s.checkWith(spec.SUB88, "not-confirmed", confirming(), func(ctx context.Context, p *Peer) {
		h := p.asked(ctx, p.NewQueue(ctx))

		h.ask(ctx, h.queue, nil).WantError(409)

		h.request = h.Asked(ctx).Want("Message_Type", "SubscriptionConfirmation").Want("queue_name", h.queue)
		h.confirm(ctx, p, true).WantStatus(204)
		h.served(ctx, "a")
		h.ask(ctx, h.queue, nil).WantError(409)
		h.NotAsked(ctx)
	})
}

func webhookForgeries(s *suite) {
	forged := func(slug string, rule Rule, how func(ctx context.Context, p *Peer, h asked) []Option) {
		s.checkWith(spec.SUB86, slug, attacking(rule), func(ctx context.Context, p *Peer) {
			h := p.asked(ctx, p.NewQueue(ctx))

			h.confirm(ctx, p, true, how(ctx, p, h)...).WantError(403)

			h.unserved(ctx)
			h.confirm(ctx, p, true).WantStatus(204)
			h.served(ctx, "a")
		})
	}
	forged("no-signature", confirming(), func(context.Context, *Peer, asked) []Option {
		return []Option{NoHeader("URL-Signature"), NoHeader("URL-Methods"), NoHeader("URL-Paths"), NoHeader("URL-Expires")}
	})
	forged("a-truncated-signature", confirming(), func(_ context.Context, _ *Peer, h asked) []Option {
		signature := h.request.Text("URL-Signature")
		return []Option{Header("URL-Signature", signature[:len(signature)-1])}
	})
	forged("another-signature", confirming(), func(_ context.Context, _ *Peer, h asked) []Option {
		signature := h.request.Text("URL-Signature")
		return []Option{Header("URL-Signature", strings.Repeat("0", len(signature)))}
	})
	forged("another-end", confirming(), func(context.Context, *Peer, asked) []Option {
		return []Option{Header("URL-Expires", farEnd)}
	})
	forged("of-another-subscription", confirming().sharing(2), func(ctx context.Context, p *Peer, h asked) []Option {
		other := p.asked(ctx, h.queue).request
		return []Option{
			Header("URL-Signature", other.Get("URL-Signature")), Header("URL-Paths", L{other.Get("URL-Paths")}),
			Header("URL-Expires", other.Get("URL-Expires")),
		}
	})
	forged("a-shared-signature", confirming("signed_requests", "share"), func(ctx context.Context, p *Peer, h asked) []Option {
		a := p.Do(ctx, "queue_share", M{"queue_name": h.queue, "paths": L{"subscriptions"}, "methods": L{"PUT"}}).WantStatus(200)
		p.scene.learn(M{"URL-Signature": a.Get("body.signature")})
		return []Option{
			Header("URL-Signature", a.Get("body.signature")), Header("URL-Expires", a.Get("body.expires")),
			Header("URL-Paths", a.Get("body.paths")), Header("URL-Methods", a.Get("body.methods")),
		}
	})

	s.waitWith(spec.SUB86, "after-its-end", attacking(confirming("subscription_update")), func(ctx context.Context, p *Peer) []Step {
		h := asked{Hook: p.Hook(), queue: p.NewQueue(ctx)}
		least, most := life(p, "min_subscription_ttl"), p.Limit("max_subscription_ttl")
		if most < 2*least {
			p.Skip("no life is twice as long as the shortest")
		}
		h.id = p.Do(ctx, "subscription_create", M{"queue_name": h.queue, "subscriber": h.URL, "ttl": least}).
			WantStatus(201).Text("body.subscription_id")
		h.request = h.Asked(ctx)
		p.Do(ctx, "subscription_update", M{"queue_name": h.queue, "subscription_id": h.id, "ttl": min(10*least, most)}).WantStatus(204)
		return []Step{{At: seconds(least) + late, Do: func(ctx context.Context) {
			h.confirm(ctx, p, true).WantError(403)
			h.unserved(ctx)
		}}}
	})
}
