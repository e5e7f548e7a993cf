// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// desk knows a few tokens: those of p1 and p2, an administrator's of p1, one that ends
// an hour after the tests' clock begins; "down" cannot be checked.
type desk struct{ end time.Time }

func (d desk) Authenticate(_ context.Context, token string) (api.Identity, error) {
	switch token {
	case "one":
		return api.Identity{Project: "p1"}, nil
	case "two":
		return api.Identity{Project: "p2"}, nil
	case "root":
		return api.Identity{Project: "p1", Admin: true}, nil
	case "ends":
		return api.Identity{Project: "p1", Expires: d.end}, nil
	case "none":
		return api.Identity{}, nil
	case "down":
		return api.Identity{}, errors.New("no route to the desk")
	}
	return api.Identity{}, api.ErrBadToken
}

// guarded is a server that asks for tokens. It notes how it closes its session.
func guarded(t *testing.T) (s *server, closed *[]int) {
	t.Helper()
	s = newServer(t)
	s.over(api.Options{Store: memory.New(s.clock), Auth: desk{s.now.Add(time.Hour)}})
	closed = new([]int)
	s.session.Close = func(code int, _ string) { *closed = append(*closed, code) }
	return s, closed
}

// authenticates sends a token in the name of a project.
func (s *server) authenticates(token, project string) int {
	s.Helper()
	resp := s.send(fmt.Sprintf(`{"action":"authenticate","headers":{"X-Auth-Token":%q,"X-Project-ID":%q}}`, token, project))
	return s.read(resp).status
}

func TestWhoIsLetInActsInTheProjectOfTheToken(t *testing.T) {
	t.Parallel()
	s, _ := guarded(t)
	for _, row := range []struct {
		token, project string // what is authenticated with; nothing if there is no token
		status         int
		one, two       int // what a listing of p1, and of p2, is answered with then
	}{
		{"", "", 0, 403, 403},
		{"bad", "p1", 401, 403, 403},
		{"down", "p1", 503, 403, 403},
		{"one", "p2", 403, 403, 403},
		{"none", "p1", 403, 403, 403},
		{"one", "p1", 200, 200, 403},
		{"bad", "p1", 401, 200, 403},
		{"one", "p2", 403, 200, 403},
		{"two", "p2", 200, 403, 200},
		{"ends", "p1", 200, 200, 403},
	} {
		if row.token != "" {
			if got := s.authenticates(row.token, row.project); got != row.status {
				t.Errorf("authenticate with %s for %s = %d, want %d", row.token, row.project, got, row.status)
			}
		}
		for project, want := range map[string]int{"p1": row.one, "p2": row.two} {
			s.project = project
			if got := s.do("queue_list", ""); got.status != want {
				t.Errorf("after %s for %s: queue_list in %s = %d, want %d", row.token, row.project, project, got.status, want)
			}
		}
	}
}

func TestARequestThatBreaksARuleIsRefusedForThat(t *testing.T) {
	t.Parallel()
	s, _ := guarded(t)
	s.want(400, "", "queue_create", `{"queue_name":7}`)
	s.want(403, "", "queue_create", `{"queue_name":"q"}`)
}

func TestWhatIsForAdministratorsIsForThemAlone(t *testing.T) {
	t.Parallel()
	s, _ := guarded(t)
	ask := func() int {
		req := s.door.Decode(wire.JSON, []byte(`{"action":"queue_list","headers":{"Client-ID":"`+me+`","X-Project-ID":"p1"}}`))
		req.Access = wire.Admin
		return s.read(s.api.Do(t.Context(), &s.session, req)).status
	}
	for _, row := range []struct {
		token  string
		status int
	}{{"", 403}, {"one", 403}, {"root", 200}, {"one", 403}} {
		if row.token != "" {
			s.authenticates(row.token, "p1")
		}
		if got := ask(); got != row.status {
			t.Errorf("with %q: %d, want %d", row.token, got, row.status)
		}
	}
	open := newServer(t)
	s.api, s.session = open.api, api.Session{}
	if got := ask(); got != 200 {
		t.Errorf("on an open server: %d, want 200", got)
	}
}

func TestATokenThatEndsEndsTheSession(t *testing.T) {
	t.Parallel()
	s, closed := guarded(t)
	s.authenticates("ends", "p1")
	s.now = s.now.Add(time.Hour - 1)
	s.api.Sweep(t.Context())
	s.want(200, "", "queue_list", "")
	if len(*closed) > 0 {
		t.Errorf("closed with %v before the end", *closed)
	}
	s.now = s.now.Add(1)
	s.want(403, "", "queue_list", "")
	if got := s.authenticates("ends", "p1"); got != 401 {
		t.Errorf("authenticate with a token that has ended = %d, want 401", got)
	}
	for range 3 {
		s.api.Sweep(t.Context())
	}
	if fmt.Sprint(*closed) != "[4003]" {
		t.Errorf("closed with %v, want once with 4003", *closed)
	}
}

func TestTheLastTokenDecidesWhenASessionEnds(t *testing.T) {
	t.Parallel()
	s, closed := guarded(t)
	s.authenticates("ends", "p1")
	s.authenticates("one", "p1")
	s.now = s.now.Add(2 * time.Hour)
	s.api.Sweep(t.Context())
	s.want(200, "", "queue_list", "")
	if len(*closed) > 0 {
		t.Errorf("closed with %v, though a token without an end came last", *closed)
	}

	s, closed = guarded(t)
	s.authenticates("one", "p1")
	s.authenticates("ends", "p1")
	s.api.Leave(t.Context(), &s.session)
	s.now = s.now.Add(2 * time.Hour)
	s.api.Sweep(t.Context())
	if len(*closed) > 0 {
		t.Errorf("closed with %v after it was left", *closed)
	}
}

// TestASessionEndsBesideARequest is for the race detector as well.
func TestASessionEndsBesideARequest(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ action, body string }{
		{"queue_delete", `{"queue_name":"q"}`},
		{"queue_purge", `{"queue_name":"q"}`},
		{"subscription_delete", `{"queue_name":"q","subscription_id":"` + unknown + `"}`},
		{"subscription_create", `{"queue_name":"r"}`},
	} {
		for i := range 20 {
			s := newServer(t)
			s.session.Push = func(wire.Format, msgp.Marshaler) bool { return true }
			s.want(201, "", "subscription_create", `{"queue_name":"q"}`)
			one, other := func() { s.ask(row.action, row.body) }, func() { s.api.Leave(t.Context(), &s.session) }
			if i%2 == 0 { // the other one is likely to be first
				one, other = other, one
			}
			var beside sync.WaitGroup
			beside.Go(one)
			other()
			beside.Wait()
			s.api.Leave(t.Context(), &s.session)
			for _, queue := range []string{"q", "r"} {
				left := s.do("subscription_list", `{"queue_name":%q}`, queue)
				if n := len(s.at(left, "subscriptions").([]any)); n > 0 {
					t.Fatalf("%s beside the end: %d subscriptions are left", row.action, n)
				}
			}
		}
	}
}

func TestTooManyBadTokensInARowEndASession(t *testing.T) {
	t.Parallel()
	s, closed := guarded(t)
	for range 2 {
		for range 9 {
			s.authenticates("bad", "p1")
		}
		s.authenticates("one", "p1")
	}
	for range 5 {
		s.authenticates("down", "p1")
		s.authenticates("one", "p2")
	}
	if len(*closed) > 0 {
		t.Errorf("closed with %v, though there were never ten in a row", *closed)
	}
	for range 10 {
		s.authenticates("bad", "p1")
	}
	if fmt.Sprint(*closed) != "[1008]" {
		t.Errorf("closed with %v, want once with 1008", *closed)
	}
}
