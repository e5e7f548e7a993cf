// SPDX-License-Identifier: Apache-2.0

package conformance

import (
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
