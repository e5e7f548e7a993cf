// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// failing is for a case in which n authentications in a row may fail.
func (r Rule) failing(n int64) Rule { return r.atLeast(n, "max_failed_authentications") }

func badTokens(s *suite) {
	refused := func(texts func(good string) []string) func(ctx context.Context, p *Peer) {
		return func(ctx context.Context, p *Peer) {
			for _, text := range texts(p.Token()) {
				bare := p.Bare(ctx)
				bare.Do(ctx, authenticate, nil, token(text)).WantError(401)
				bare.Do(ctx, "queue_list", nil).WantError(403)
			}
		}
	}

	s.checkWith(spec.AUT14, "tokens-that-nobody-issued", ofKnown.failing(2), refused(func(good string) []string {
		return []string{
			"gAAAAABm", "admin", strings.Repeat("0", len(good)), good + "x", "x" + good, good[:len(good)-1],
			good[1:], strings.ToUpper(good) + strings.ToLower(good), good + good,
		}
	}))

	s.checkWith(spec.AUT14, "what-can-be-no-token", ofKnown.failing(2), refused(func(good string) []string {
		return []string{
			"", " ", good + "\r\nX-Subject-Token: " + good, "\x00", good + "\x00", "tökén", "😀",
			"null", "*", "' OR ''='", "../../../etc/passwd",
		}
	}))

	roomy := ofKnown
	roomy.Least = map[string]int64{"max_frame": 1 << 20, "max_failed_authentications": 2}
	s.checkWith(spec.AUT14, "a-very-long-token", roomy, func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)
		bare.Do(ctx, authenticate, nil, token(strings.Repeat("x", 1<<20-1<<10))).WantError(401)
		bare.enter(ctx, p.Token())
	})

	s.waitWith(spec.AUT14, "a-token-that-has-ended", ofEnding.failing(2), func(ctx context.Context, p *Peer) []Step {
		text := p.Ending()
		entered := p.Bare(ctx)
		entered.enterUntil(ctx, text)
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) {
			entered.Abandon() // its token has ended, and so may it at any time
			bare := p.Bare(ctx)
			bare.Do(ctx, authenticate, nil, token(text)).WantError(401)
			bare.Do(ctx, "queue_list", nil).WantError(403)
		}}}
	})
}

func failedAuthentications(s *suite) {
	s.checkWith(spec.AUT15, "a-bad-one-first", ofKnown.failing(2), func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)
		bare.Do(ctx, authenticate, nil, token("x"+p.Token())).WantError(401)
		bare.Do(ctx, authenticate, nil, token(p.Token())).WantStatus(200)
		bare.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.checkWith(spec.AUT16, "each-way-to-be-refused", ofKnown.failing(5), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())

		for _, change := range []Option{token("x" + p.Token()), token(7), NoHeader(headerProject), Header(headerProject, p.Project()+"x")} {
			bare.Do(ctx, authenticate, nil, token(p.Token()), change).WantStatus(400, 401, 403)
			bare.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200)
		}
	})

	s.checkWith(spec.AUT17, "as-many-as-are-allowed", ofKnown, func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)
		for range p.Limit("max_failed_authentications") {
			bare.Do(ctx, authenticate, nil, token("x"+p.Token())).WantError(401)
		}
		bare.WantCloseFrame(ctx, 1008)
	})

	s.checkWith(spec.AUT17, "a-good-one-between", Rule{As: ofKnown.As, Least: map[string]int64{"max_failed_authentications": 2}},
		func(ctx context.Context, p *Peer) {
			bare := p.Bare(ctx)
			for range 2 {
				for range p.Limit("max_failed_authentications") - 1 {
					bare.Do(ctx, authenticate, nil, token("x"+p.Token())).WantError(401)
				}
				bare.Do(ctx, authenticate, nil, token(p.Token())).WantStatus(200)
			}
			bare.Do(ctx, "queue_list", nil).WantStatus(200)
		})
}

// afterTheEnd is when a token has ended that ends during the run.
const afterTheEnd = ends + late

func tokensThatEnd(s *suite) {
	s.waitWith(spec.AUT19, "an-idle-connection", ofEnding, func(ctx context.Context, p *Peer) []Step {
		bare := p.Bare(ctx)
		bare.enterUntil(ctx, p.Ending())
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) { bare.WantCloseFrame(ctx, 4003) }}}
	})

	s.waitWith(spec.AUT19, "a-request-after-the-end", ofEnding, func(ctx context.Context, p *Peer) []Step {
		queue := p.NewQueue(ctx)
		bare := p.Bare(ctx)
		bare.enterUntil(ctx, p.Ending())
		post := M{"queue_name": queue, "messages": L{M{"body": 1}}}
		return []Step{{At: afterTheEnd - time.Second, Do: func(ctx context.Context) { // before the close, where the clock is moved
			if a := bare.ReceiveOrClosed(ctx, bare.Send(ctx, "message_post", post), 4003); a != nil {
				a.WantError(403)
			}
			bare.Abandon() // it may be ended at any moment
			p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages", Length(0))
		}}}
	})

	s.waitWith(spec.AUT19, "no-sooner", ofMinted, func(ctx context.Context, p *Peer) []Step {
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Lasting(ends))
		return []Step{{At: ends - 10*time.Second, Until: ends - time.Second, Do: func(ctx context.Context) {
			bare.Do(ctx, "queue_list", nil).WantStatus(200)
		}}}
	})
}

func subscriptionsOfEndedTokens(s *suite) {
	s.waitWith(spec.AUT21, "closed", ofSubscribers, func(ctx context.Context, p *Peer) []Step {
		queue := p.NewQueue(ctx)
		bare := p.Bare(ctx)
		bare.enterUntil(ctx, p.Ending())
		bare.Subscribe(ctx, queue)
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) {
			bare.WantCloseFrame(ctx, 4003)
			subscriptionsOf(ctx, p, queue).Want("body.subscriptions", Length(0))
		}}}
	})
}

func subscriptionsOfMovers(s *suite) {
	s.checkWith(spec.AUT70, "into-another-project", ofMovers, func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.NewProject()
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())
		bare.Subscribe(ctx, queue)

		moved := bare.In(other)
		moved.enter(ctx, moved.Token())

		subscriptionsOf(ctx, p, queue).Want("body.subscriptions", Length(0))
		p.Post(ctx, queue, "not yours")
		moved.NotNotified(ctx)
		moved.Do(ctx, authenticate, nil, token(p.Token()), Header(headerProject, p.Project())).WantStatus(200)
	})

	s.checkWith(spec.SUB51, "through-an-authenticate", ofMovers, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())
		bare.Subscribe(ctx, queue)

		bare.enter(ctx, p.Lasting(ends))

		p.Post(ctx, queue, "a")
		bare.Notified(ctx).Want("body", "a")
	})
}

func lastTokens(s *suite) {
	s.waitWith(spec.AUT20, "a-later-end", ofEnding, func(ctx context.Context, p *Peer) []Step {
		bare := p.Bare(ctx)
		bare.enterUntil(ctx, p.Ending())
		bare.Do(ctx, authenticate, nil, token(p.Token())).WantStatus(200)
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) { bare.Do(ctx, "queue_list", nil).WantStatus(200) }}}
	})

	s.waitWith(spec.AUT20, "a-sooner-end", ofEnding, func(ctx context.Context, p *Peer) []Step {
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())
		bare.present(ctx, p.Ending()).WantStatus(200)
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) { bare.WantCloseFrame(ctx, 4003) }}}
	})

	s.waitWith(spec.AUT20, "a-refused-one-with-a-sooner-end", ofStrangerEnding, func(ctx context.Context, p *Peer) []Step {
		bare, other := p.Bare(ctx), p.Stranger(ctx)
		bare.enter(ctx, p.Token())
		bare.In(other.Project()).present(ctx, p.Ending()).WantError(403)
		return []Step{{At: afterTheEnd, Do: func(ctx context.Context) { bare.Do(ctx, "queue_list", nil).WantStatus(200) }}}
	})
}
