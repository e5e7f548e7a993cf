// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// Target is the endpoint to judge. Only URL is needed.
type Target struct {
	// URL is where the endpoint listens, ws:// or wss://.
	URL string
	// Project is the X-Project-ID to use. Empty: the run invents one, which
	// some cases need.
	Project string
	// Token lets connections in, as Project: that has to be given with it. Empty, and
	// without Tokens: the target asks for none.
	Token string
	// Other is a second identity, of another project. Admin is a token of Project with
	// an administrator's rights, where Token has none. Expiring is a token of Project
	// that ends 10 to 60 s after the run begins. What would need one that is empty is not
	// applicable.
	Other    Identity
	Admin    string
	Expiring string
	// Tokens makes a token of a project, which ends after life, or never if that is 0,
	// by the target's clock, with an administrator's rights or without. It is for who
	// embeds the suite: then all of the above is made, and Project left empty.
	Tokens func(project string, life time.Duration, admin bool) string
	// SigningKey is what the target checks signatures with. What would need it is not
	// applicable when it is empty.
	SigningKey []byte
	// Client is the Client-ID to use. Empty: one from the seed for each case.
	Client string
	// Profile declares what the target has, and what not. The zero value is a
	// target with every feature and the schema's default limits.
	Profile Profile
	// PoolURI is where the pools of cases may store, with {name} for a name of the
	// case's. Default "memory://{name}", which the reference server has.
	PoolURI string
	// Webhook is the address, host and port, on which the run receives what the target
	// posts to webhooks; it has to be allowed to. Port 0 takes a free one. Empty: cases
	// with webhooks are not applicable.
	Webhook string
	// Trap is another such address, which the target's operator has not allowed it to
	// reach. Empty: cases about that are not applicable.
	Trap string
	// Advance moves the target's clock on, so that waiting cases do not wait.
	// Nil: they do.
	Advance func(d time.Duration)
	// Transport opens connections. Default: http.DefaultTransport. Cases that write
	// frames by themselves dial as an *http.Transport does, with its TLSClientConfig;
	// over any other, or through a proxy for the URL, they are not applicable.
	Transport http.RoundTripper
}

func (t Target) transport() http.RoundTripper {
	if t.Transport != nil {
		return t.Transport
	}
	return http.DefaultTransport
}

// httpClient follows no redirect: what is judged is the URL that was given.
func (t Target) httpClient() *http.Client {
	return &http.Client{
		Transport:     t.transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// shown is the URL without its password.
func (t Target) shown() string { return withoutPassword(t.URL) }

var poolPassword = regexp.MustCompile(`^([^:/?#]+://[^:/?#@]*:)([^/?#]*)@`)

// ShownPoolURI is the URI of pools with a word for its password.
func (t Target) ShownPoolURI() string {
	return poolPassword.ReplaceAllString(t.PoolURI, "${1}"+redacted+"@")
}

func withoutPassword(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Redacted()
}

// UsageError is a mistake of the user: exit code 2.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

// ErrInterrupted says that the caller ended a run before anything was judged: exit
// code 4.
var ErrInterrupted = errors.New("interrupted; nothing was judged")

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}$`)

// validate refuses a URL that cannot be one of a WebSocket, and a Client-ID that a
// server may refuse.
func (t Target) validate() error {
	u, err := url.Parse(t.URL)
	switch {
	case err != nil:
		return &UsageError{fmt.Errorf("the URL %q cannot be read: %w", t.URL, errors.Unwrap(err))}
	case u.Scheme != "ws" && u.Scheme != "wss":
		return &UsageError{fmt.Errorf("the URL %q does not begin with ws:// or wss://", u.Redacted())}
	case u.Host == "":
		return &UsageError{fmt.Errorf("the URL %q names no host", u.Redacted())}
	case t.Client != "" && !uuid.MatchString(t.Client):
		return &UsageError{fmt.Errorf("the Client-ID %q is no UUID, which is all that each server takes (FRM-65)", t.Client)}
	}
	return t.checkIdentities()
}

// preflight opens one connection and measures the round trip: the least of five
// pings, or the time of the handshake if the target answers none.
func (t Target) preflight(ctx context.Context) (rtt time.Duration, err error) {
	if err := t.validate(); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	began := time.Now()
	c, resp, err := dial(ctx, t, nil)
	if errors.Is(ctx.Err(), context.Canceled) {
		return 0, ErrInterrupted
	}
	if err != nil {
		e := Unreachable(t.URL, resp, err)
		if errors.Is(err, context.DeadlineExceeded) {
			e.Err = errors.New("no answer to the opening handshake within 10 s")
		}
		return 0, e
	}
	defer c.drop(time.Second)
	rtt = time.Since(began)
	for range 5 {
		began := time.Now()
		pong, cancel := context.WithTimeout(ctx, time.Second)
		err := c.ws.Ping(pong)
		cancel()
		if err != nil {
			break // that pings are answered is judged by a case
		}
		rtt = min(rtt, time.Since(began))
	}
	return rtt, t.letsIn(ctx, c)
}
