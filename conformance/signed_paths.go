// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

func signedPaths(s *suite) {
	s.checkWith(spec.AUT56, "another-queue", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		mine := p.NewQueue(ctx)

		for _, c := range b.signable() {
			if p.lacks(c.action) {
				continue
			}
			whole := b.whole(p).on(pathOf(mine, "messages"), pathOf(mine, "claims"), pathOf(mine, "subscriptions"))
			guest.Do(ctx, c.action, c.body, guest.Signed(whole)).WantError(403)
		}
		b.wantUntouched(ctx, p)
		guest.Do(ctx, "message_list", M{"queue_name": mine}, guest.Signed(p.grant(mine))).WantStatus(200)
	})

	s.checkWith(spec.AUT56, "a-queue-whose-name-begins-alike", signing(), func(ctx context.Context, p *Peer) {
		guest, long := p.Bare(ctx), p.NewQueue(ctx)
		p.Post(ctx, long, "a")
		short := long[:len(long)-1]

		for _, path := range []string{pathOf(short, "messages"), "/v2/queues/" + short, "/v2/queues/" + short + "/", "/v2/queues/"} {
			guest.Do(ctx, "message_list", M{"queue_name": long}, guest.Signed(p.grant(short).on(path))).WantError(403)
		}
	})

	s.checkWith(spec.AUT56, "other-resources", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		list := M{"queue_name": b.queue}

		for _, path := range []string{
			pathOf(b.queue, "claims"), pathOf(b.queue, "subscriptions"), pathOf(b.queue, "message"), pathOf(b.queue, "messagesx"),
			strings.ToUpper(pathOf(b.queue, "messages")), "zzz", "", "*", "/",
		} {
			guest.Do(ctx, "message_list", list, guest.Signed(p.grant(b.queue).on(path))).WantError(403)
		}
		guest.Do(ctx, "message_list", list, guest.Signed(p.grant(b.queue).on())).WantError(400, 403)
		for _, c := range b.signable() {
			if !strings.HasPrefix(c.action, "message_") && !p.lacks(c.action) {
				guest.Do(ctx, c.action, c.body, guest.Signed(p.grant(b.queue))).WantError(403)
			}
		}
		b.wantUntouched(ctx, p)
	})

	s.checkWith(spec.AUT56, "the-path-of-one-message", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		ids := p.Post(ctx, queue, "a", "b")
		one := guest.Signed(p.grant(queue).on(pathOf(queue, "messages/"+ids[0])))

		guest.Do(ctx, "message_list", M{"queue_name": queue}, one).WantError(403)
		guest.Do(ctx, "message_get", M{"queue_name": queue, "message_id": ids[1]}, one).WantError(403)
		guest.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": 2}, one).WantError(403)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.AUT57, "a-queue-that-is-not-there", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.Name(), p.Bare(ctx)
		post := M{"queue_name": queue, "messages": L{M{"body": 1}}}

		guest.Do(ctx, "message_post", post, guest.Signed(p.grant(queue))).WantError(404, 403)
		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		p.Do(ctx, "message_post", post).WantStatus(201)
		guest.Do(ctx, "message_post", post, guest.Signed(p.grant(queue))).WantStatus(201)
	})

	s.checkWith(spec.AUT58, "actions-on-queues", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)
		all := b.whole(p)
		for _, path := range []string{
			"/v2/queues", "/v2/queues/" + b.queue, pathOf(b.queue, "stats"), pathOf(b.queue, "purge"), pathOf(b.queue, "share"), "/", "",
		} {
			all.paths = append(all.paths, path)
		}

		for _, c := range b.offered(p) {
			if a := schema.Model().Action(c.action); a.Access != "anyone" && !schema.Model().Signable(*a) {
				guest.Do(ctx, c.action, c.body, guest.Signed(all)).WantError(403)
			}
		}
		b.wantUntouched(ctx, p)
	})
}

func signedShapes(s *suite) {
	s.checkWith(spec.AUT59, "headers-of-other-types", unproved(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		list := func(opts ...Option) *Answer {
			request := guest.Request("message_list", M{"queue_name": queue}, append([]Option{p.grant(queue).headers(strings.Repeat("0", 64))}, opts...)...)
			return unechoed(ctx, guest, request)
		}

		for _, header := range []string{"URL-Methods", "URL-Paths"} {
			list(NoHeader(header)).WantError(400, 403)
			for _, value := range (L{nil, 7, true, "GET", "GET,POST", pathOf(queue, "messages"), M{"GET": 1}, L{5}, L{nil}, L{"GET", 5}, L{L{"GET"}}}) {
				list(Header(header, value)).WantError(400, 403)
			}
		}
		for _, header := range []string{"URL-Expires", headerSignature} {
			for _, value := range (L{nil, 7, 4102444800, 1.5, true, L{farEnd}, M{}}) {
				list(Header(header, value)).WantError(400, 403)
			}
		}
	})

	s.checkWith(spec.AUT59, "alone", unproved(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)

		guest.Do(ctx, "message_list", M{"queue_name": queue}, Header(headerSignature, strings.Repeat("0", 64))).WantError(400, 403)
	})

	s.checkWith(spec.AUT59, "long-lists", unproved(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		many := make(L, 20000)
		for i := range many {
			many[i] = pathOf(queue, "messages")
		}

		for _, header := range []string{"URL-Methods", "URL-Paths"} {
			request := guest.Request("message_list", M{"queue_name": queue},
				p.grant(queue).headers(strings.Repeat("0", 64)), Header(header, many))
			unechoed(ctx, guest, request).WantError(400, 403)
		}
	})
}

func signedScope(s *suite) {
	s.checkWith(spec.AUT60, "after-signed-requests", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		list := M{"queue_name": queue}

		for range 2 {
			guest.Do(ctx, "message_list", list, guest.Signed(p.grant(queue))).WantStatus(200)
			guest.Do(ctx, "message_list", list).WantError(403)
			guest.Do(ctx, "queue_list", nil).WantError(403)
		}
	})

	s.checkWith(spec.AUT64, "when-it-is-authenticated", unproved(), func(ctx context.Context, p *Peer) {
		forged := p.grant("x").headers(strings.Repeat("0", 64))

		p.Do(ctx, "queue_list", nil, forged).WantStatus(200)
		p.Do(ctx, "message_post", M{"queue_name": p.Name(), "messages": L{M{"body": 1}}}, forged).WantStatus(201)
	})
}

// shares is for a case that has the target sign.
func shares(as ...identity) Rule { return Rule{Needs: []string{"signed_requests", "share"}, As: as} }

// given are the headers of a signature as a reply gave it.
func (p *Peer) given(a *Answer) Option {
	g := grant{
		paths: stringsOf(a.Strings("body.paths")), methods: stringsOf(a.Strings("body.methods")), sent: a.Text("body.expires"),
	}
	return g.headers(a.Text("body.signature"))
}

func sharing(s *suite) {
	s.checkWith(spec.AUT65, "what-was-signed", shares(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ask := M{"queue_name": queue, "paths": L{"messages", "claims"}, "methods": L{"POST", "GET"}, "expires": "2100-01-01T02:00:00+02:00"}

		p.Do(ctx, "queue_share", ask).WantStatus(200).
			Want("body.paths", Unordered(pathOf(queue, "messages"), pathOf(queue, "claims"))).
			Want("body.methods", Unordered("GET", "POST")).
			Want("body.project", p.Project()).
			Want("body.expires", farEnd)
	})

	s.checkWith(spec.AUT65, "signed-with-the-key", shares(asSigner), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		a := p.Do(ctx, "queue_share", M{"queue_name": queue, "methods": stringsOf(allMethods()), "expires": farEnd}).WantStatus(200)

		p.Want("the signature is that of the key", a.Text("body.signature") == p.sign(p.grant(queue), parter), true)
	})

	s.checkWith(spec.AUT66, "used-by-another-client", shares(asKnown), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx).As(p.NewClient())
		post := M{"queue_name": queue, "messages": L{M{"body": "a"}}}
		signed := guest.given(p.Do(ctx, "queue_share", M{"queue_name": queue, "methods": L{"POST"}, "expires": farEnd}).WantStatus(200))

		guest.Do(ctx, "message_post", post, signed).WantStatus(201)
		guest.Do(ctx, "message_list", M{"queue_name": queue}, signed).WantError(403)
		p.Do(ctx, "message_list", M{"queue_name": queue}).Want("body.messages[*].body", L{"a"})
	})

	s.waitWith(spec.AUT53, "when-it-has-ended", shares(asKnown), func(ctx context.Context, p *Peer) []Step {
		queue := p.NewQueue(ctx)
		share := func(expires M) *Answer {
			expires["queue_name"] = queue
			return p.Do(ctx, "queue_share", expires).WantStatus(200)
		}
		end := earlier(share(M{}).Text("body.expires"), 24*time.Hour-time.Minute)
		signed := p.given(share(M{"expires": end}))
		list := func(status int) func(context.Context) {
			return func(ctx context.Context) {
				p.Bare(ctx).Do(ctx, "message_list", M{"queue_name": queue}, signed).WantStatus(status)
			}
		}
		return []Step{
			{At: 40 * time.Second, Until: 55 * time.Second, Do: list(200)},
			{At: 62 * time.Second, Do: list(403)},
		}
	})

	s.checkWith(spec.AUT67, "without-a-word", shares(asKnown), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		a := p.Do(ctx, "queue_share", M{"queue_name": queue}).WantStatus(200).
			Want("body.paths", L{pathOf(queue, "messages")}).
			Want("body.methods", L{"GET"}).
			Want("body.project", p.Project())

		guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.given(a)).WantStatus(200)
	})

	s.checkWith(spec.AUT68, "lists-of-nothing-and-of-too-much", shares(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		paths, methods := L{"messages", "claims", "subscriptions"}, stringsOf(allMethods())

		for _, bad := range []M{
			{"paths": L{}}, {"methods": L{}}, {"paths": append(L{"messages"}, paths...)}, {"methods": append(L{"GET"}, methods...)},
		} {
			bad["queue_name"] = queue
			p.Do(ctx, "queue_share", bad).WantError(400)
		}
		p.Do(ctx, "queue_share", M{"queue_name": queue, "paths": paths, "methods": methods}).WantStatus(200)
	})

	s.checkWith(spec.AUT69, "past-and-no-date", shares(), func(ctx context.Context, p *Peer) {
		for _, end := range []string{"2014-11-28T15:48:12", "1970-01-01T00:00:00Z", "4102444800", "tomorrow", "2100-13-01T00:00:00", ""} {
			p.Do(ctx, "queue_share", M{"queue_name": p.Name(), "expires": end}).WantError(400)
		}
	})
}

// earlier is a date so much earlier; as it came, if it is none.
func earlier(date string, by time.Duration) string {
	const form = "2006-01-02T15:04:05"
	t, err := time.Parse(form, date)
	if err != nil {
		return date
	}
	return t.Add(-by).Format(form)
}
