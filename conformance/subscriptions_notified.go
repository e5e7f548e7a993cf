// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

func notifications(s *suite) {
	s.checkWith(spec.SUB40, "each-message-once", subscribing().subscribed(2), func(ctx context.Context, p *Peer) {
		queue, other, poster := p.NewQueue(ctx), p.Another(ctx), p.Another(ctx)
		p.Post(ctx, queue, "before")
		p.Subscribe(ctx, queue)
		other.Subscribe(ctx, queue)

		poster.Post(ctx, queue, "a", "b")
		poster.As(p.NewClient()).Post(ctx, queue, "c")

		p.Want("bodies", p.NotifiedOf(ctx, 3), Unordered("a", "b", "c"))
		p.Want("bodies", other.NotifiedOf(ctx, 3), Unordered("a", "b", "c"))
		p.NotNotified(ctx)
		other.NotNotified(ctx)
		poster.NotNotified(ctx)
	})

	s.checkWith(spec.SUB40, "ones-own", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Subscribe(ctx, queue)

		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": 1}, M{"body": 2}}}).WantStatus(201)

		p.Want("bodies", p.NotifiedOf(ctx, 2), L{1, 2})
		p.NotNotified(ctx)
	})

	s.checkWith(spec.SUB40, "to-two-queues", inOneFormat().both(), func(ctx context.Context, p *Peer) {
		first, second := p.NewQueue(ctx), p.NewQueue(ctx)
		p.Subscribe(ctx, first)
		p.Subscribe(ctx, second)

		p.Post(ctx, first, "a")
		p.Notified(ctx).Want("queue_name", first).Want("body", "a")
		p.Post(ctx, second, "b")
		p.Notified(ctx).Want("queue_name", second).Want("body", "b")
		p.NotNotified(ctx)
	})

	roomyPost := inOneFormat().atLeast(16<<10, "max_messages_post_size").atLeast(1<<20, "max_outbox")
	s.checkWith(spec.SUB40, "a-thousand-in-one-post", roomyPost, func(ctx context.Context, p *Peer) {
		queue, poster := p.NewQueue(ctx), p.Another(ctx)
		p.Subscribe(ctx, queue)
		messages, bodies := make(L, 1000), make(L, 1000)
		for i := range messages {
			messages[i], bodies[i] = M{"body": i}, i
		}

		poster.Do(ctx, "message_post", M{"queue_name": queue, "messages": messages}).WantStatus(201)

		p.Want("bodies", p.NotifiedOf(ctx, 1000), bodies)
	})
}

func notificationValues(s *suite) {
	s.checkWith(spec.SUB41, "the-keys", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Subscribe(ctx, queue)

		p.Post(ctx, queue, "a")

		p.Notified(ctx).Want("Message_Type", "Notification").Want("queue_name", queue).
			Want("ttl", p.Limit("default_message_ttl")).Want("body", "a").
			WantAbsent("request").WantAbsent("headers")
	})

	wide := subscribing().atLeast(16<<10, "max_messages_post_size")
	s.checkWith(spec.SUB42, "every-kind-of-value", wide, func(ctx context.Context, p *Peer) {
		queue, poster := p.NewQueue(ctx), p.Another(ctx)
		p.Subscribe(ctx, queue)
		for _, kind := range []Kind{Text, Binary} {
			for _, body := range (L{everyKind(), nil, "", L{}, M{}, 1.0, 1, strings.Repeat("é€😀\x00\n\"", 1000)}) {
				request := p.Request("message_post", M{"queue_name": queue, "messages": L{M{"body": body}}})
				poster.Receive(ctx, poster.SendAs(ctx, kind, request)).WantStatus(201)
				p.Notified(ctx).Want("body", body)
			}
		}
	})

	s.checkWith(spec.SUB42, "the-ttl-of-each", subscribing(), func(ctx context.Context, p *Peer) {
		least, most := p.Limit("min_message_ttl"), p.Limit("max_message_ttl")
		queue := p.NewQueueWith(ctx, M{"_default_message_ttl": least + 1})
		p.Subscribe(ctx, queue)

		p.PostMessages(ctx, queue, M{"body": 1, "ttl": least}, M{"body": 2, "ttl": most}, M{"body": 3})

		p.Notified(ctx).Want("ttl", least)
		p.Notified(ctx).Want("ttl", most)
		p.Notified(ctx).Want("ttl", least+1)
	})
}

func notificationKinds(s *suite) {
	s.checkWith(spec.SUB43, "two-kinds-on-one-connection", inOneFormat().both(), func(ctx context.Context, p *Peer) {
		text, binary := p.NewQueue(ctx), p.NewQueue(ctx)
		p.Receive(ctx, p.SendAs(ctx, Text, p.Request("subscription_create", M{"queue_name": text}))).WantStatus(201)
		p.Receive(ctx, p.SendAs(ctx, Binary, p.Request("subscription_create", M{"queue_name": binary}))).WantStatus(201)
		for range 2 {
			p.Post(ctx, text, "in a text message")
			p.Notified(ctx).Want("queue_name", text)
			p.Post(ctx, binary, "in a binary message")
			p.Notified(ctx).Want("queue_name", binary)
		}
	})

	s.checkWith(spec.SUB43, "each-connection-its-own", inOneFormat().sharing(3), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for _, kind := range []Kind{Text, Binary, Text} {
			q := p.Another(ctx)
			q.Receive(ctx, q.SendAs(ctx, kind, p.Request("subscription_create", M{"queue_name": queue}))).WantStatus(201)
			p.Post(ctx, queue, kind.String())
			q.Notified(ctx).Want("body", kind.String())
		}
	})
}

func notificationIDs(s *suite) {
	s.checkWith(spec.SUB46, "as-the-replies-have-them", subscribing("notification_ids"), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		subscription := p.Subscribe(ctx, queue)

		for _, id := range p.Post(ctx, queue, "a", "b") {
			p.Notified(ctx).Want("message_id", id).Want("subscription_id", subscription)
		}
	})

	s.checkWith(spec.SUB47, "of-a-post", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Subscribe(ctx, queue)
		for i := range 10 {
			p.Post(ctx, queue, i)
			p.Want("notifications before the reply", p.Untaken(), 0)
			p.Notified(ctx).Want("body", i)
		}
	})

	s.checkWith(spec.SUB48, "of-ones-own-connection", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Subscribe(ctx, queue)

		p.Another(ctx).Post(ctx, queue, "a")

		p.Notified(ctx).Want("body", "a")
	})
}

func notificationOrder(s *suite) {
	s.checkWith(spec.SUB44, "of-one-poster", subscribing(), func(ctx context.Context, p *Peer) {
		queue, poster := p.NewQueue(ctx), p.Another(ctx)
		p.Subscribe(ctx, queue)
		want := make(L, 30)
		for i := range want {
			want[i] = i
		}
		for i := 0; i < len(want); i += 3 {
			poster.Post(ctx, queue, i, i+1, i+2)
		}
		p.Want("bodies", p.NotifiedOf(ctx, len(want)), want)
	})

	atOnce := subscribing()
	atOnce.Labels = []string{Concurrency}
	s.checkWith(spec.SUB44, "of-several-at-once", atOnce.sharing(2), func(ctx context.Context, p *Peer) {
		const posters, posts = 4, 10
		queue, other := p.NewQueue(ctx), p.Another(ctx)
		p.Subscribe(ctx, queue)
		other.Subscribe(ctx, queue)

		p.Together(ctx, posters, func(ctx context.Context, i int, q *Peer) {
			for n := range posts {
				q.Post(ctx, queue, 100*i+n)
			}
		})

		var want L
		marker := ""
		for len(want) < posters*posts {
			page := p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true, "marker": marker}).WantStatus(200)
			messages := page.Messages()
			if len(messages) == 0 {
				break
			}
			for _, m := range messages {
				want = append(want, m["body"])
				marker, _ = m["id"].(string)
			}
		}
		p.Want("bodies", p.NotifiedOf(ctx, posters*posts), want)
		p.Want("bodies", other.NotifiedOf(ctx, posters*posts), want)
		p.NotNotified(ctx)
	})
}

func notificationScope(s *suite) {
	s.checkWith(spec.SUB45, "another-queue", subscribing(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.Subscribe(ctx, queue)

		poster := p.Another(ctx)
		poster.Post(ctx, p.NewQueue(ctx), "elsewhere")
		poster.Post(ctx, queue, "here")

		p.Notified(ctx).Want("body", "here")
		p.NotNotified(ctx)
	})

	foreign := subscribing()
	foreign.NeedsOwnProject, foreign.Labels = true, []string{Isolation, Security}
	s.checkWith(spec.SUB45, "that-name-in-another-project", foreign, func(ctx context.Context, p *Peer) {
		queue, q := p.NewQueue(ctx), p.Another(ctx).In(p.NewProject())
		p.Subscribe(ctx, queue)
		q.Subscribe(ctx, queue)

		poster := p.Another(ctx)
		poster.In(q.Project()).Post(ctx, queue, "there")
		poster.Post(ctx, queue, "here")

		p.Notified(ctx).Want("body", "here")
		q.Notified(ctx).Want("body", "there")
		p.NotNotified(ctx)
		q.NotNotified(ctx)
	})
}
