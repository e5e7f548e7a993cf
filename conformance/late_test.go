// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/rand"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

// However late a machine comes to a step of a waiting case, the target is not accused.
func TestALateJudgeAccusesNobody(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes a run for each step")
	}
	const over = 13 * time.Hour // longer than a claim may live, not than a message
	for _, c := range Cases() {
		if !c.Waiting {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			for step, last := 0, false; !last; step++ {
				var got CaseResult
				got, last = lateAt(t, c, step, over)
				if got.Failure != nil {
					t.Errorf("step %d: %s %+v, want no failure", step, got.Verdict, got.Failure)
				}
			}
		})
	}
}

// lateAt judges a waiting case against the reference server, late from one step on. It
// says whether there was no such step.
func lateAt(t *testing.T, c Case, step int, over time.Duration) (got CaseResult, last bool) {
	t.Helper()
	var moved atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(moved.Load())) }
	tokens, key := new(auth.Tokens), []byte(rand.Text())
	server, err := refserver.New(refserver.Options{Now: now, Auth: tokens, SigningKey: key})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	defer front.Close()
	chosen, _, err := plan([]Case{c}, Options{Formats: c.Rule.Formats[:1]})
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRun(t.Context(), Options{Target: Target{
		URL:     "ws" + strings.TrimPrefix(front.URL, "http"),
		Advance: func(d time.Duration) { moved.Add(int64(d)) },
		Tokens: func(project string, life time.Duration, admin bool) string {
			id := api.Identity{Project: project, Admin: admin}
			if life > 0 {
				id.Expires = now().Add(life)
			}
			return tokens.Mint(id)
		},
		SigningKey: key,
	}})
	if err != nil {
		t.Fatal(err)
	}
	r.waits = r.arm(t.Context(), chosen)
	a := r.waits.armed[0]
	n := 0
	for ; !a.over; n++ {
		if n == step {
			r.waits.moved += over
			moved.Add(int64(over))
		}
		r.waits.step(t.Context(), a)
	}
	return r.waits.verdict(t.Context(), a), n <= step
}

// A server that has refused a request for its ended token may end the connection at once,
// or a moment later.
func TestAConnectionThatIsAboutToEndIsAskedNoMore(t *testing.T) {
	t.Parallel()
	rest := shelf()
	r := testRun(t, serve(t, func(m *incoming) {
		switch m.action() {
		case authenticate:
			m.answer(200, M{})
		case "message_post":
			m.answer(403, M{"error": "the token has ended"})
			_, _, _ = m.ws.Read(context.Background())
			_ = m.ws.Close(4003, "")
		case "message_list":
			m.answer(200, M{"messages": L{}, "links": L{}})
		default:
			rest(m)
		}
	}))
	r.target.Tokens = func(string, time.Duration, bool) string { return "a-token" }
	r.target.Advance = func(time.Duration) {}
	chosen, _, err := plan(Cases(), Options{Cases: []string{"AUT-19/a-request-after-the-end"}, Formats: []Format{JSON}})
	if err != nil {
		t.Fatal(err)
	}
	r.waits = r.arm(t.Context(), chosen)
	r.waits.start(t.Context())
	if got := r.waits.finish(t.Context(), chosen[0]); got.Verdict != Pass {
		t.Errorf("%s %s %+v, want PASS", got.Verdict, got.Reason, got.Failure)
	}
}
