// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
)

// far is an end that has not come.
var far = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// TestZaqarSignsTheSame compares with what zaqar.common.urls.create_signed_url of
// Zaqar 15.0.0 returns, under Python's hmac.
func TestZaqarSignsTheSame(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		key   string
		grant api.Grant
		want  string
	}{
		{
			"a key that both share",
			api.Grant{Project: "fizzit", Paths: []string{"/v2/queues/fizbit/messages"}, Methods: []string{"GET"}, Expires: far},
			"d2bc2f7f013524486ba8f19ab8d7184ff3bd6cf51f2a2d2c90eeac90f52436ea",
		},
		{
			"ключ",
			api.Grant{
				Project: "3e2f6a4a7c1d4f0b9d3c8b7a6f5e4d3c",
				Paths:   []string{"/v2/queues/fizbit/messages", "/v2/queues/fizbit/claims"},
				Methods: []string{"POST", "GET", "DELETE"},
				Expires: time.Date(2100, 1, 1, 2, 0, 0, 0, time.FixedZone("", 2*60*60)),
			},
			"8e1cf11df4100edfe068bf3d1bc42ff853ae57b4c57549470b839f51fa81e209",
		},
		{
			"k",
			api.Grant{
				Project: "prøject €", Paths: []string{"/v2/queues/q/messages"}, Methods: []string{"GET"},
				Expires: time.Date(2100, 6, 30, 12, 34, 56, 789e6, time.UTC),
			},
			"327fb50d3e157e1bb8d70f32e1384ac294a654d1f8dee836e66b058e0cf4fd38",
		},
	} {
		if got := row.grant.Sign([]byte(row.key)); got != row.want {
			t.Errorf("%+v is signed as %s, want %s", row.grant, got, row.want)
		}
		if !row.grant.Signed([]byte(row.key), row.want) || row.grant.Signed([]byte("another"), row.want) {
			t.Errorf("%+v is not signed by its key alone", row.grant)
		}
	}
}

// nobody knows no token.
type nobody struct{}

func (nobody) Authenticate(context.Context, string) (api.Identity, error) {
	return api.Identity{}, api.ErrBadToken
}

// keyed is a server that asks for tokens and signs with a key.
func keyed(t *testing.T) *server {
	t.Helper()
	s := newServer(t)
	s.over(api.Options{Store: memory.New(s.clock), Auth: nobody{}, SigningKey: []byte("key")})
	return s
}

// signed sends a request with a signature.
func (s *server) signed(g api.Grant, expires, signature, action, body string) reply {
	s.Helper()
	headers, err := json.Marshal(map[string]any{
		"Client-ID": s.client, "X-Project-ID": g.Project, "URL-Paths": g.Paths, "URL-Methods": g.Methods,
		"URL-Expires": expires, "URL-Signature": signature,
	})
	if err != nil {
		s.Fatal(err)
	}
	return s.read(s.send(fmt.Sprintf(`{"action":%q,"headers":%s,"body":%s}`, action, headers, body)))
}

func TestASignatureIsGoodUntilItsEnd(t *testing.T) {
	t.Parallel()
	s := keyed(t)
	s.session.Project = "p1"
	s.post("1")
	s.session.Project = ""
	end := s.now.Add(time.Minute)
	g := api.Grant{Project: "p1", Paths: []string{"/v2/queues/q/messages"}, Methods: []string{"GET"}, Expires: end}
	list := func(want int) {
		t.Helper()
		for _, zone := range []int{0, -5 * 60 * 60, 2 * 60 * 60} {
			text := end.In(time.FixedZone("", zone)).Format(time.RFC3339)
			s.same("list until "+text, s.signed(g, text, g.Sign([]byte("key")), "message_list", `{"queue_name":"q"}`), want, "")
		}
	}
	list(200)
	s.now = end.Add(-time.Nanosecond)
	list(200)
	s.now = end
	list(403)
	s.want(403, "", "message_list", `{"queue_name":"q"}`)
}

func TestAServerWithoutAKeyHasOneOfItsOwn(t *testing.T) {
	t.Parallel()
	share := func() (s *server, signature string) {
		s = newServer(t)
		r := s.do("queue_share", `{"queue_name":"q"}`)
		s.same("queue_share", r, 200, "")
		return s, s.at(r, "signature").(string)
	}
	s, one := share()
	if _, two := share(); one == two {
		t.Error("two servers without a key have the same one")
	}
	g := api.Grant{Project: "p1", Paths: []string{"/v2/queues/q/messages"}, Methods: []string{"GET"}, Expires: s.now.Add(24 * time.Hour)}
	if g.Signed(nil, one) {
		t.Error("it signs with an empty key")
	}
}

func TestNothingIsSharedThatReadsInTwoWays(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.project = `x,POST\\nvictim`
	r := s.read(s.send(`{"action":"queue_share","headers":{"Client-ID":"` + me + `","X-Project-ID":"x,POST\\nvictim"},"body":{"queue_name":"q"}}`))
	s.same("queue_share", r, 400, "")
}

func TestNobodyIsSubscribedWhoCouldNeverConfirm(t *testing.T) {
	t.Parallel()
	for _, required := range []bool{false, true} {
		s := newServer(t)
		s.over(api.Options{Store: memory.New(s.clock), RequireConfirmation: required})
		s.project = `x\nvictim`
		status := 201
		if required {
			status = 400
		}
		s.want(status, "", "subscription_create", `{"queue_name":"q","subscriber":"https://example.org/"}`)
		s.want(201, "", "subscription_create", `{"queue_name":"q"}`)
	}
}

func FuzzSigned(f *testing.F) {
	key := []byte("key")
	good := api.Grant{Project: "p", Paths: []string{"/v2/queues/q/messages"}, Methods: []string{"GET"}, Expires: far}
	f.Add("p", "/v2/queues/q/messages", "GET", "2100-01-01T00:00:00", good.Sign(key))
	f.Add("victim", "/v2/queues/q/messages", `GET\nx`, "2100-01-01T02:00:00+02:00", "")
	f.Fuzz(func(t *testing.T, project, path, method, expires, signature string) {
		s := keyed(t)
		g := api.Grant{Project: project, Paths: []string{path}, Methods: []string{method}}
		r := s.signed(g, expires, signature, "message_get_many", `{"queue_name":"q","message_ids":["x"]}`)
		right := project == "p" && path == good.Paths[0] && method == "GET" && signature == good.Sign(key)
		if r.status == 200 && !right || !slices.Contains([]int{200, 400, 403}, r.status) {
			t.Errorf("status %d for project %q, path %q, method %q, end %q, signature %q", r.status, project, path, method, expires, signature)
		}
	})
}
