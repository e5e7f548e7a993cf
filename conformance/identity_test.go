// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

// A target that asks another service about a token may take longer for that than for
// other requests, however the connection was opened.
func TestASlowAuthenticateDelaysOnly(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(ctx context.Context, p *Peer) *Peer{
		"raw":       func(ctx context.Context, p *Peer) *Peer { return p.Raw(ctx).Peer },
		"handshake": func(ctx context.Context, p *Peer) *Peer { return p.Handshake(ctx, Upgrade{}).Peer },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const deadline = 2 * time.Second
			rest, authenticated := shelf(), new(atomic.Int64)
			r := testRun(t, serve(t, func(m *incoming) {
				if m.action() != authenticate {
					rest(m)
					return
				}
				if authenticated.Add(1) > 1 {
					<-time.After(deadline + 500*time.Millisecond)
				}
				m.answer(200, M{})
			}))
			r.deadline, r.target.Project, r.target.Token = deadline, r.project, "a-token"
			got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) {
				open(ctx, p).Do(ctx, "queue_get", M{"queue_name": p.Name()}).WantStatus(404)
			})
			if got.Verdict != Pass {
				t.Errorf("%s %s %+v, want PASS", got.Verdict, got.Reason, got.Failure)
			}
		})
	}
}

func TestAnAuthenticateWithoutAReplyProvesNothing(t *testing.T) {
	t.Parallel()
	rest := shelf()
	r := hasty(t, serve(t, func(m *incoming) {
		if m.action() != authenticate {
			rest(m)
		}
	}))
	r.target.Tokens = func(string, time.Duration, bool) string { return "a-token" }
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_get", M{"queue_name": p.Name()}).WantStatus(404)
	})
	if got.Verdict != Untested || !strings.Contains(got.Reason, "was not answered") {
		t.Errorf("%s %s %+v, want UNTESTED for what was not answered", got.Verdict, got.Reason, got.Failure)
	}
}

// A token that a user gave may have ended before the cases that need it were armed.
func TestATokenThatHasEndedBeforeItsCaseProvesNothing(t *testing.T) {
	t.Parallel()
	tokens := new(auth.Tokens)
	server, err := refserver.New(refserver.Options{Auth: tokens})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	o := Options{Target: Target{
		URL: "ws" + strings.TrimPrefix(front.URL, "http"), Project: "mine",
		Token:    tokens.Mint(api.Identity{Project: "mine"}),
		Expiring: tokens.Mint(api.Identity{Project: "mine", Expires: time.Now().Add(-time.Second)}),
		Other:    Identity{tokens.Mint(api.Identity{Project: "other"}), "other"},
		Advance:  func(time.Duration) {},
	}}
	all := slices.DeleteFunc(Cases(), func(c Case) bool {
		return !slices.Contains(c.Rule.As, asEnding)
	})
	result, err := executeCases(t.Context(), all, o, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range result.Cases {
		if c.Verdict != Untested || !strings.Contains(c.Reason, "ended before") {
			t.Errorf("%s: %s %s %+v, want UNTESTED for the end of the token", c.Case, c.Verdict, c.Reason, c.Failure)
		}
	}
}
