// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

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
		ask := M{
			"queue_name": queue, "paths": L{"messages", "claims"}, "methods": L{"POST", "GET"}, "expires": "2100-01-01T02:00:00+02:00",
		}

		p.Do(ctx, "queue_share", ask).WantStatus(200).
			Want("body.paths", Unordered(pathOf(queue, "messages"), pathOf(queue, "claims"))).
			Want("body.methods", Unordered("GET", "POST")).
			Want("body.project", p.Project()).
			Want("body.expires", farEnd)
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
			{At: time.Minute + late, Do: list(403)},
		}
	})
}

func sharedOtherwise(s *suite) {
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
