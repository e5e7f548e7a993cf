// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// authenticate is the action that lets a connection in.
const authenticate = "authenticate"

// authentication are the cases of spec/auth.md.
func authentication(s *suite) {
	authenticating(s)
	authenticatingFirst(s)
	authenticatedProject(s)
	administrators(s)
	badTokens(s)
	failedAuthentications(s)
	tokensThatEnd(s)
	subscriptionsOfEndedTokens(s)
	subscriptionsOfMovers(s)
	lastTokens(s)
	signedAccess(s)
	negatives(s, "auth")
}

// What a case about authentication needs. Those about what an attacker would try are
// labelled so.
var (
	ofKnown          = Rule{As: []identity{asKnown}, Labels: []string{Security}}
	ofStranger       = Rule{As: []identity{asKnown, asStranger}, Labels: []string{Security, Isolation}}
	ofEnding         = Rule{As: []identity{asKnown, asEnding}, Labels: []string{Security}}
	ofStrangerEnding = Rule{As: []identity{asKnown, asStranger, asEnding}}
	ofSubscribers    = Rule{As: []identity{asKnown, asEnding}, Needs: []string{"subscriptions"}}
	ofMinted         = Rule{As: []identity{asMinted}}
	ofMovers         = Rule{
		As: []identity{asMinted}, Needs: []string{"subscriptions"}, NeedsOwnProject: true, Labels: []string{Security, Isolation},
	}
	// unsaved is for tokens that are no text: a transcript has nothing in their place.
	unsaved = Rule{Live: true}
)

// token is the header that carries a token.
func token(value any) Option { return Header("X-Auth-Token", value) }

// enter authenticates a bare connection, and judges that it is let in.
func (p *Peer) enter(ctx context.Context, text string) {
	p.scene.preparing(func() { p.Do(ctx, authenticate, nil, token(text)).WantStatus(200) })
}

// present authenticates with a token that ends during the run. One that was given, and
// not made for the case, may have ended before.
func (p *Peer) present(ctx context.Context, ending string) *Answer {
	a := p.Do(ctx, authenticate, nil, token(ending))
	if p.scene.run.target.tokens() == given && a.status() == 401 {
		p.scene.give(Untested, "the token of --expiring-token ended before the case was armed, or is none")
	}
	return a
}

// enterUntil is enter with a token that ends during the run.
func (p *Peer) enterUntil(ctx context.Context, ending string) {
	p.scene.preparing(func() { p.present(ctx, ending).WantStatus(200) })
}

func authenticating(s *suite) {
	s.checkWith(spec.AUT1, "a-good-token", Rule{Bare: true}, func(ctx context.Context, p *Peer) {
		p.Do(ctx, authenticate, nil, token(p.Token())).WantStatus(200).Want("body", Having(M{}))
	})

	s.checkWith(spec.FRM26, "behind-an-authenticate", everyFormat, func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)
		first := bare.Send(ctx, authenticate, nil, token(p.Token()))
		second := bare.Send(ctx, "queue_list", nil)
		third := bare.Send(ctx, authenticate, nil, token(p.Token()), Header("Odd", 1))

		bare.Receive(ctx, first).WantStatus(200)
		bare.Receive(ctx, second).WantStatus(200, 403)
		bare.Receive(ctx, third).WantStatus(200)
	})

	s.checkWith(spec.AUT2, "tokens-that-nobody-issued", Rule{As: []identity{asOpen}}, func(ctx context.Context, p *Peer) {
		for _, text := range []string{p.Token(), "", "x", strings.Repeat("x", 4096)} {
			p.Do(ctx, authenticate, nil, token(text)).WantStatus(200)
		}
	})

	s.check(spec.AUT3, "neither-client-nor-body", func(ctx context.Context, p *Peer) {
		for _, change := range []Option{NoHeader(headerClient), NoKey("body"), Key("body", M{"odd": 1}), Header("Odd", 7)} {
			bare := p.Bare(ctx)
			bare.Do(ctx, authenticate, nil, token(p.Token()), change).WantStatus(200)
			bare.Do(ctx, "queue_list", nil).WantStatus(200)
		}
	})

	s.checkWith(spec.AUT4, "no-token", unsaved, func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)
		bare.Do(ctx, authenticate, nil).WantError(400)
		bare.Do(ctx, authenticate, nil, Header("x-auth-token", p.Token())).WantError(400)
		for _, bad := range (L{nil, 7, 1.5, true, L{p.Token()}, M{"token": p.Token()}}) {
			bare.Do(ctx, authenticate, nil, token(bad)).WantError(400)
		}
		bare.enter(ctx, p.Token())
	})

	s.checkWith(spec.AUT5, "a-good-token", Rule{Labels: []string{Security}}, func(ctx context.Context, p *Peer) {
		secret := p.Token()
		p.Bare(ctx).Do(ctx, authenticate, nil, token(secret)).WantStatus(200).WantNowhere(secret)
	})

	s.checkWith(spec.AUT5, "a-token-that-is-refused", ofKnown.failing(4), func(ctx context.Context, p *Peer) {
		secret := p.Token()
		bare := p.Bare(ctx)
		bare.Do(ctx, authenticate, nil, token("x"+secret)).WantError(401).WantNowhere(secret)
		bare.Do(ctx, authenticate, nil, token(secret), NoHeader(headerProject)).WantError(400).WantNowhere(secret)
		bare.Do(ctx, authenticate, nil, token(secret), Key("body", 7)).WantError(400).WantNowhere(secret)
	})

	s.checkWith(spec.AUT7, "no-token-and-odd-ones", ofKnown, func(ctx context.Context, p *Peer) {
		queue := p.Name()
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())

		bare.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		for _, text := range []string{p.Token(), "", "x" + p.Token()} {
			bare.Do(ctx, "queue_get", M{"queue_name": queue}, token(text)).WantStatus(200)
		}
	})
}

func authenticatingFirst(s *suite) {
	s.checkWith(spec.AUT8, "each-action", ofKnown, func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)
		bare := p.Bare(ctx)

		for _, c := range b.guarded(p) {
			bare.Do(ctx, c.action, c.body).WantError(403)
		}
		b.wantUntouched(ctx, p)
	})

	s.checkWith(spec.AUT8, "after-a-refusal", ofKnown.failing(3), func(ctx context.Context, p *Peer) {
		queue := p.Name()
		bare := p.Bare(ctx)

		bare.Do(ctx, authenticate, nil, token("x"+p.Token())).WantError(401)
		bare.Do(ctx, "queue_create", M{"queue_name": queue}).WantError(403)
		bare.Do(ctx, authenticate, nil).WantError(400)
		bare.Do(ctx, "queue_create", M{"queue_name": queue}).WantError(403)
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
	})

	s.checkWith(spec.AUT9, "before-authentication", ofKnown, func(ctx context.Context, p *Peer) {
		bare := p.Bare(ctx)

		bare.Do(ctx, "nothing", nil).WantError(400)
		bare.Do(ctx, "queue_create", M{}).WantError(400)
		bare.Do(ctx, "queue_create", M{"queue_name": 7}).WantError(400)
		bare.Do(ctx, "queue_list", nil, NoHeader(headerProject)).WantError(400)
		bare.Ask(ctx, L{}).WantError(400)
	})
}

func administrators(s *suite) {
	for _, feature := range []string{"pools", "node"} {
		r := Rule{Needs: []string{feature}, As: []identity{asKnown, asCommon}, Labels: []string{Security}}
		s.checkWith(spec.AUT22, "each-action-of-"+feature, r, func(ctx context.Context, p *Peer) {
			common := p.Another(ctx)
			b := newBench(ctx, p)

			for _, c := range b.offered(p) {
				if a := schema.Model().Action(c.action); a.Access == "admin" && a.Feature == feature {
					common.Do(ctx, c.action, c.body).WantError(403)
				}
			}
			b.wantUntouched(ctx, p)
		})
	}
}

func authenticatedProject(s *suite) {
	s.checkWith(spec.AUT10, "first-one-then-another", ofStranger, func(ctx context.Context, p *Peer) {
		other := p.Stranger(ctx)
		mine, theirs := p.NewQueue(ctx), other.NewQueue(ctx)
		bare := p.Bare(ctx)

		bare.enter(ctx, p.Token())
		bare.Do(ctx, "queue_get_stats", M{"queue_name": mine}).WantStatus(200)
		bare.In(other.Project()).Do(ctx, authenticate, nil, token(other.Token())).WantStatus(200)
		bare.In(other.Project()).Do(ctx, "queue_get_stats", M{"queue_name": theirs}).WantStatus(200)
		bare.Do(ctx, "queue_get_stats", M{"queue_name": mine}).WantError(403)
	})

	s.checkWith(spec.AUT11, "a-token-of-another-project", ofStranger, func(ctx context.Context, p *Peer) {
		other := p.Stranger(ctx)
		bare := p.Bare(ctx)

		bare.In(other.Project()).Do(ctx, authenticate, nil, token(p.Token())).WantError(403)
		bare.Do(ctx, "queue_list", nil).WantError(403)
		bare.In(other.Project()).Do(ctx, "queue_list", nil).WantError(403)
	})

	s.checkWith(spec.AUT11, "on-a-connection-that-is-let-in", ofStranger, func(ctx context.Context, p *Peer) {
		other := p.Stranger(ctx)
		bare := p.Bare(ctx)
		bare.enter(ctx, p.Token())

		bare.In(other.Project()).Do(ctx, authenticate, nil, token(p.Token())).WantError(403)
		bare.In(other.Project()).Do(ctx, "queue_list", nil).WantError(403)
		bare.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.checkWith(spec.AUT12, "each-action", ofStranger, func(ctx context.Context, p *Peer) {
		other := p.Stranger(ctx)
		b := newBench(ctx, other)

		for _, c := range b.guarded(other) {
			p.Do(ctx, c.action, c.body, Header(headerProject, other.Project())).WantError(403)
		}
		b.wantUntouched(ctx, other)
	})

	s.checkWith(spec.AUT12, "a-new-queue", ofStranger, func(ctx context.Context, p *Peer) {
		other := p.Stranger(ctx)
		queue := other.Name()

		p.Do(ctx, "queue_create", M{"queue_name": queue}, Header(headerProject, other.Project())).WantError(403)
		other.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
	})
}
