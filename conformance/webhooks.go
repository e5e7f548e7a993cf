// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"net/http"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// hooking is the rule of a case with webhooks. What comes to them stands in its
// transcript, but from there it cannot be judged again.
func hooking(more ...string) Rule {
	return Rule{Needs: append([]string{"subscriptions", "webhooks"}, more...), Hooks: true, Live: true}
}

// attacking is hooking for what an attacker would try.
func attacking(r Rule) Rule {
	r.Labels = append(r.Labels, Security)
	return r
}

func webhooks(s *suite) {
	webhookMessages(s)
	webhookOptions(s)
	webhookOptionsRefused(s)
	webhookFailures(s)
	webhookPlaces(s)
	webhookConfirmation(s)
	webhookForgeries(s)
	webhookSlow(s)
}

func webhookMessages(s *suite) {
	s.checkWith(spec.SUB60, "each-message-once", hooking().sharing(2), func(ctx context.Context, p *Peer) {
		queue, poster := p.NewQueue(ctx), p.Another(ctx)
		h, other := p.Hook(), p.Hook()
		p.Post(ctx, queue, "before")
		h.Subscribe(ctx, queue, nil)
		other.Subscribe(ctx, queue, nil)

		poster.Post(ctx, queue, "a", "b")
		p.Post(ctx, queue, "c")

		p.Want("bodies", h.PostedOf(ctx, 3), Unordered("a", "b", "c"))
		p.Want("bodies", other.PostedOf(ctx, 3), Unordered("a", "b", "c"))
		h.NotPosted(ctx)
		other.NotPosted(ctx)
	})

	s.checkWith(spec.SUB60, "after-the-connection", hooking(), func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		h := other.Hook()
		h.Subscribe(ctx, queue, nil)
		other.Close(ctx, 1000, "")
		other.WantClosed(ctx)

		p.Post(ctx, queue, "a")

		p.Want("bodies", h.PostedOf(ctx, 1), L{"a"})
	})

	s.checkWith(spec.SUB61, "the-request", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		h.Subscribe(ctx, queue, M{"colour": "green"})

		p.Post(ctx, queue, "a")

		h.Posted(ctx).Want("method", "POST").
			Want("headers.content-type", Matching(`^application/json *(;.*)?$`)).
			Want("body.Message_Type", "Notification").Want("body.queue_name", queue).
			Want("body.ttl", p.Limit("default_message_ttl")).Want("body.body", "a").
			WantAbsent("body.request").WantAbsent("body.headers")
	})

	s.checkWith(spec.SUB61, "every-kind-of-value", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		h.Subscribe(ctx, queue, nil)
		for _, body := range (L{everyKind(), nil, L{}, 1.0, "é€😀\n\""}) {
			p.Post(ctx, queue, body)
			h.Posted(ctx).Want("body.body", body)
		}
	})

	webhookOrder(s)
}

func webhookOrder(s *suite) {
	s.checkWith(spec.SUB46, "to-a-webhook", hooking("notification_ids"), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		id := h.Subscribe(ctx, queue, nil)

		ids := p.Post(ctx, queue, "a")

		h.Posted(ctx).Want("body.message_id", ids[0]).Want("body.subscription_id", id)
	})

	s.checkWith(spec.SUB71, "one-after-another", hooking(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		slow := func(w http.ResponseWriter, q *http.Request) { // so that others could overtake it
			wait(q.Context(), 100*time.Millisecond)
			w.WriteHeader(http.StatusOK)
		}
		h := p.Hook(slow, StatusReply(http.StatusOK), slow)
		h.Subscribe(ctx, queue, nil)
		var want L
		for i := range 10 {
			p.Post(ctx, queue, 2*i, 2*i+1)
			want = append(want, 2*i, 2*i+1)
		}

		p.Want("bodies", h.PostedOf(ctx, 20), want)
		p.Want("requests at once", h.AtOnce(), 1)
	})

	s.checkWith(spec.SUB45, "to-a-webhook", hooking(), func(ctx context.Context, p *Peer) {
		queue, other, h, more := p.NewQueue(ctx), p.NewQueue(ctx), p.Hook(), p.Hook()
		h.Subscribe(ctx, queue, nil)
		more.Subscribe(ctx, other, nil)

		p.Post(ctx, queue, "a")
		h.Posted(ctx).Want("body.body", "a")
		p.Post(ctx, other, "b")

		more.Posted(ctx).Want("body.body", "b").Want("body.queue_name", other)
		h.NotPosted(ctx)
	})

	s.checkWith(spec.SUB53, "of-a-webhook", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		id := h.Subscribe(ctx, queue, nil)
		p.Post(ctx, queue, "a")
		h.Posted(ctx).Want("body.body", "a")

		p.Do(ctx, "subscription_delete", M{"queue_name": queue, "subscription_id": id}).WantStatus(204)

		p.Post(ctx, queue, "b")
		h.NotPosted(ctx)
	})
}

// wait waits, or until what asked is gone.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

func webhookOptions(s *suite) {
	s.checkWith(spec.SUB62, "two-headers", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		h.Subscribe(ctx, queue, M{"post_headers": M{"X-Colour": "green", "Authorization": "Basic YTpi"}})

		p.Post(ctx, queue, "a")

		h.Posted(ctx).Want("headers.x-colour", "green").Want("headers.authorization", "Basic YTpi")
	})

	s.checkWith(spec.SUB62, "another-content-type", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		h.Subscribe(ctx, queue, M{"post_headers": M{"Content-Type": "application/x-news"}})

		p.Post(ctx, queue, "a")

		h.Posted(ctx).Want("headers.content-type", "application/x-news")
	})

	s.checkWith(spec.SUB63, "the-template", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		h.Subscribe(ctx, queue, M{"post_data": `{"news": "$zaqar_message$", "more": ["$zaqar_message$", "zaqar_message"]}`})

		p.Post(ctx, queue, `quoted "word" \`)

		h.Posted(ctx).Want("body.news.queue_name", queue).Want("body.news.body", `quoted "word" \`).
			Want("body.more[0].body", `quoted "word" \`).Want("body.more[1]", "zaqar_message")
	})
}

func webhookOptionsRefused(s *suite) {
	for _, bad := range []struct{ slug, url string }{
		{"no-host", "http://"},
		{"no-slashes", "http:example.org"},
		{"a-blank-before", "http:// example.org/"},
		{"a-blank-in-the-host", "http://exam ple.org/"},
		{"a-line-feed", "http://example.org/\nx"},
		{"a-blank-in-the-path", "http://example.org/a b"},
		{"a-blank-behind", "http://example.org/?x "},
		{"a-control-of-c1", "http://example.org/\u0085x"},
		{"no-port", "https://example.org:65536/"},
	} {
		s.checkWith(spec.SUB64, bad.slug, hooking(), func(ctx context.Context, p *Peer) {
			queue := p.NewQueue(ctx)

			p.Do(ctx, "subscription_create", M{"queue_name": queue, "subscriber": bad.url}).WantError(400)

			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", Length(0))
		})
	}

	webhookHeadersRefused(s)
}

func webhookHeadersRefused(s *suite) {
	for _, bad := range []struct {
		slug    string
		headers M
	}{
		{"a-number", M{"X-Colour": 7}},
		{"host", M{"Host": "example.org"}},
		{"content-length", M{"content-length": "1"}},
		{"transfer-encoding", M{"Transfer-Encoding": "chunked"}},
		{"no-name", M{"": "green"}},
		{"a-name-with-a-colon", M{"X-Colour:": "green"}},
		{"a-line-break", M{"X-Colour": "green\r\nX-Other: red"}},
	} {
		s.checkWith(spec.SUB65, bad.slug, hooking(), func(ctx context.Context, p *Peer) {
			queue, h := p.NewQueue(ctx), p.Hook()

			h.ask(ctx, queue, M{"post_headers": bad.headers}).WantError(400)

			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", Length(0))
		})
	}

	s.checkWith(spec.SUB65, "in-an-update", hooking("subscription_update"), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook()
		id := h.Subscribe(ctx, queue, M{"post_headers": M{"X-Colour": "green"}})

		p.Do(ctx, "subscription_update", M{
			"queue_name": queue, "subscription_id": id, "options": M{"post_headers": M{"Host": "example.org"}},
		}).WantError(400)

		p.Post(ctx, queue, "a")
		h.Posted(ctx).Want("headers.x-colour", "green")
	})

	s.checkWith(spec.SUB89, "delays-too-close", hooking(), func(ctx context.Context, p *Peer) {
		for _, bad := range []M{
			{"minimum_delay": 21},
			{"maximum_delay": 14},
			{"minimum_delay": 5, "maximum_delay": 14},
			{"minimum_delay": 60, "maximum_delay": 30},
		} {
			queue, h := p.NewQueue(ctx), p.Hook()

			h.ask(ctx, queue, M{"_retry_policy": bad}).WantError(400)

			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", Length(0))
		}
		p.Hook().Subscribe(ctx, p.NewQueue(ctx), M{"_retry_policy": M{"minimum_delay": 20}})
	})

	s.checkWith(spec.SUB68, "line-breaks", attacking(hooking()), func(ctx context.Context, p *Peer) {
		queue, good := p.NewQueue(ctx), p.Hook()
		good.Subscribe(ctx, queue, nil)
		var hooks []*Hook
		for _, headers := range []M{
			{"X-Colour": "green\r\nX-Other: red"},
			{"X-Colour": "green\nX-Other: red"},
			{"X-Colour\r\nX-Other": "red"},
			{"X-Colour": "green\r\n\r\nPOST /other HTTP/1.1\r\nX-Other: red"},
		} {
			h := p.Hook()
			h.ask(ctx, queue, M{"post_headers": headers}).WantStatus(201, 400)
			hooks = append(hooks, h)
		}

		p.Post(ctx, queue, "a")

		good.Posted(ctx).Want("body.body", "a")
		for _, h := range hooks {
			h.WithoutHeader(ctx, "x-other")
		}
	})
}
