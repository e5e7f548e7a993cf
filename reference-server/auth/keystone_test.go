// SPDX-License-Identifier: Apache-2.0

package auth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

// keystone stands in for a Keystone: it knows one user, and the tokens in known.
type keystone struct {
	*httptest.Server

	known  map[string]string // the body of a validation, by token
	asked  atomic.Int64      // validations
	logins atomic.Int64
	fails  atomic.Int64 // the status of everything, if it is none
	stale  atomic.Bool  // the next validation finds the server's own login ended
	shut   atomic.Int64 // the status of logins, if it is none
	hangs  chan struct{}
}

// scoped is what Keystone says of a token.
func scoped(project, ends string, roles ...string) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = fmt.Sprintf(`{"id": "r%d", "name": %q}`, i, r)
	}
	return fmt.Sprintf(`{"token": {"expires_at": %q, "issued_at": "2026-01-01T00:00:00.000000Z", "methods": ["password"],
		"project": {"id": %q, "name": "demo", "domain": {"id": "default", "name": "Default"}},
		"roles": [%s], "user": {"id": "u1", "name": "demo"}}}`, ends, project, strings.Join(names, ","))
}

func newKeystone(t *testing.T) *keystone {
	t.Helper()
	k := &keystone{hangs: make(chan struct{}), known: map[string]string{
		"good":     scoped("p1", "2027-01-31T00:00:00.000000Z", "member"),
		"admin":    scoped("p1", "2027-01-31T00:00:00.000000Z", "member", "admin"),
		"unscoped": `{"token": {"expires_at": "2027-01-31T00:00:00.000000Z", "user": {"id": "u1"}}}`,
		"broken":   `{"token": 7}`,
	}}
	k.Server = httptest.NewServer(http.HandlerFunc(k.serve))
	t.Cleanup(k.Close)
	return k
}

func (k *keystone) serve(w http.ResponseWriter, r *http.Request) {
	if status := k.fails.Load(); status != 0 {
		w.WriteHeader(int(status))
		fmt.Fprintf(w, "the token %s made me fail", r.Header.Get("X-Subject-Token"))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.Method == http.MethodGet && r.URL.Path == "/":
		w.WriteHeader(http.StatusMultipleChoices)
		fmt.Fprintf(w, `{"versions": {"values": [{"id": "v3.14", "status": "stable", "links": [{"rel": "self", "href": "%s/v3/"}]}]}}`, k.URL)
	case r.Method == http.MethodPost && r.URL.Path == "/v3/auth/tokens":
		k.login(w, r)
	case r.Method == http.MethodGet && r.URL.Path == "/v3/auth/tokens":
		k.validate(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (k *keystone) login(w http.ResponseWriter, r *http.Request) {
	if status := k.shut.Load(); status != 0 {
		w.WriteHeader(int(status))
		fmt.Fprint(w, "what is said of a login")
		return
	}
	var body struct {
		Auth struct {
			Identity struct {
				Password struct {
					User struct {
						Name     string `json:"name"`
						Password string `json:"password"`
					} `json:"user"`
				} `json:"password"`
			} `json:"identity"`
		} `json:"auth"`
	}
	user := &body.Auth.Identity.Password.User
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || user.Name != "zaqar" || user.Password != "pw" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("X-Subject-Token", fmt.Sprintf("service-%d", k.logins.Add(1)))
	w.WriteHeader(http.StatusCreated)
	fmt.Fprint(w, scoped("service", "2027-01-31T00:00:00.000000Z", "admin"))
}

func (k *keystone) validate(w http.ResponseWriter, r *http.Request) {
	k.asked.Add(1)
	token := r.Header.Get("X-Subject-Token")
	if token == "slow" {
		<-k.hangs
	}
	body, known := k.known[token]
	switch {
	case k.stale.Swap(false):
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, "what is said of %s", token)
	case r.Header.Get("X-Auth-Token") != fmt.Sprintf("service-%d", k.logins.Load()):
		w.WriteHeader(http.StatusForbidden)
	case !known:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, `{"error": {"code": 404, "message": "Could not find token: %s"}}`, token)
	default:
		fmt.Fprint(w, body)
	}
}

func (k *keystone) asker(t *testing.T, change func(*auth.KeystoneOptions)) *auth.Keystone {
	t.Helper()
	o := auth.KeystoneOptions{URL: k.URL + "/v3", Username: "zaqar", Password: "pw", Project: "service"}
	if change != nil {
		change(&o)
	}
	a, err := auth.NewKeystone(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestKeystoneSaysWhomATokenStandsForAndIsAskedOnce(t *testing.T) {
	t.Parallel()
	k := newKeystone(t)
	a := k.asker(t, nil)
	end := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for range 3 {
		for token, want := range map[string]api.Identity{
			"good":  {Project: "p1", Expires: end},
			"admin": {Project: "p1", Admin: true, Expires: end},
		} {
			if got, err := a.Authenticate(t.Context(), token); got != want || err != nil {
				t.Errorf("Authenticate(%s) = %+v, %v, want %+v", token, got, err, want)
			}
		}
	}
	if asked, logins := k.asked.Load(), k.logins.Load(); asked != 2 || logins != 1 {
		t.Errorf("%d validations and %d logins, want 2 and 1", asked, logins)
	}
}

func TestATokenThatIsNotGoodIsNoFailureOfKeystone(t *testing.T) {
	t.Parallel()
	k := newKeystone(t)
	a := k.asker(t, nil)
	for _, token := range []string{"unknown", "unscoped", "", "a b", "good\n", "g\x00d", "tökén", strings.Repeat("x", 1<<20)} {
		if id, err := a.Authenticate(t.Context(), token); !errors.Is(err, api.ErrBadToken) {
			t.Errorf("Authenticate(%.20q) = %+v, %v, want a bad token", token, id, err)
		}
	}
	if n := k.asked.Load(); n != 2 {
		t.Errorf("Keystone was asked %d times, want only about what can be a token", n)
	}
}

func TestAFailureOfKeystoneBlamesNoTokenAndTellsNone(t *testing.T) {
	t.Parallel()
	k := newKeystone(t)
	wrong := func(a *auth.Keystone, token string) {
		t.Helper()
		_, err := a.Authenticate(t.Context(), token)
		if err == nil || errors.Is(err, api.ErrBadToken) {
			t.Errorf("Authenticate(%s) = %v, want a failure that is not the token's", token, err)
		} else if strings.Contains(err.Error(), token) {
			t.Errorf("the error shows the token: %v", err)
		}
	}
	wrong(k.asker(t, func(o *auth.KeystoneOptions) { o.Password = "other" }), "good")
	wrong(k.asker(t, nil), "broken")
	slow := k.asker(t, func(o *auth.KeystoneOptions) { o.Timeout = 50 * time.Millisecond })
	wrong(slow, "slow")
	close(k.hangs)

	a := k.asker(t, nil)
	k.fails.Store(http.StatusInternalServerError)
	wrong(a, "good") // it is not let in yet
	k.fails.Store(0)
	if _, err := a.Authenticate(t.Context(), "good"); err != nil {
		t.Errorf("Authenticate() = %v, want what Keystone says now that it is up", err)
	}
	k.fails.Store(http.StatusServiceUnavailable)
	wrong(a, "admin")
	if _, err := a.Authenticate(t.Context(), "good"); err != nil {
		t.Errorf("Authenticate() = %v, want what is remembered while Keystone is down", err)
	}
	k.Close()
	wrong(a, "admin")
}

func TestALoginThatHasEndedIsRenewed(t *testing.T) {
	t.Parallel()
	k := newKeystone(t)
	a := k.asker(t, nil)
	for i, token := range []string{"good", "admin"} {
		k.stale.Store(i > 0)
		if _, err := a.Authenticate(t.Context(), token); err != nil {
			t.Errorf("Authenticate(%s) = %v", token, err)
		}
	}
	if n := k.logins.Load(); n != 2 {
		t.Errorf("%d logins, want a second one", n)
	}
}

func TestALoginThatCannotBeRenewedTellsNothingOfTheAnswers(t *testing.T) {
	t.Parallel()
	k := newKeystone(t)
	a := k.asker(t, nil)
	if _, err := a.Authenticate(t.Context(), "good"); err != nil {
		t.Fatal(err)
	}
	k.stale.Store(true)
	k.shut.Store(http.StatusServiceUnavailable)
	_, err := a.Authenticate(t.Context(), "admin")
	if err == nil || errors.Is(err, api.ErrBadToken) {
		t.Fatalf("Authenticate() = %v, want a failure that is not the token's", err)
	}
	if text := err.Error(); strings.Contains(text, "what is said") || !strings.Contains(text, "503") {
		t.Errorf("the error is %q, want the status alone", text)
	}
}

func TestKeystoneNeedsAURLAndAUser(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]auth.KeystoneOptions{
		"no URL":      {Username: "u", Password: "p", Project: "s"},
		"no scheme":   {URL: "127.0.0.1:5000", Username: "u", Password: "p", Project: "s"},
		"no user":     {URL: "http://127.0.0.1:5000/v3"},
		"no password": {URL: "http://127.0.0.1:5000/v3", Username: "u", Project: "s"},
		"no secret":   {URL: "http://127.0.0.1:5000/v3", ApplicationID: "a"},
	} {
		if _, err := auth.NewKeystone(o); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	if _, err := auth.NewKeystone(auth.KeystoneOptions{URL: "https://k/v3", ApplicationID: "a", ApplicationSecret: "s"}); err != nil {
		t.Errorf("an application credential: %v", err)
	}
}
