// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// Target is the endpoint to judge. Only URL is needed.
type Target struct {
	// URL is where the endpoint listens, ws:// or wss://.
	URL string
	// Project is the X-Project-ID to use. Empty: the run invents one, which
	// some cases need.
	Project string
	// Client is the Client-ID to use. Empty: one from the seed for each case.
	Client string
	// Profile declares what the target has, and what not. The zero value is a
	// target with every feature and the schema's default limits.
	Profile Profile
	// Advance moves the target's clock on, so that waiting cases do not wait.
	// Nil: they do.
	Advance func(d time.Duration)
	// Transport opens connections. Default: http.DefaultTransport. Cases that write
	// frames by themselves are not applicable over any but an *http.Transport without
	// a proxy for the URL.
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
func (t Target) shown() string {
	u, err := url.Parse(t.URL)
	if err != nil {
		return t.URL
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

// UnreachableError says that nothing at the URL speaks WebSocket: exit code 3.
type UnreachableError struct {
	URL string
	Err error
	// Hint says what to try.
	Hint string
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%s cannot be judged: %v", e.URL, e.Err)
}
func (e *UnreachableError) Unwrap() error { return e.Err }

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
	return nil
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
		return 0, t.unreachable(resp, err)
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
	return rtt, nil
}

func (t Target) unreachable(resp *http.Response, err error) error {
	e := &UnreachableError{URL: t.shown(), Err: err, Hint: "is the URL right, and the server running?"}
	switch {
	case resp != nil && resp.StatusCode != http.StatusSwitchingProtocols:
		e.Err = fmt.Errorf("it answers with HTTP status %d instead of opening a WebSocket", resp.StatusCode)
		e.Hint = "is this the path of the WebSocket, or that of the REST API?"
	case errors.Is(err, context.DeadlineExceeded):
		e.Err = errors.New("no answer to the opening handshake within 10 s")
	default:
		e.Err = whyNoHTTP(err)
	}
	return e
}

// whyNotOpen says for people what came instead of an open WebSocket.
func whyNotOpen(resp *http.Response, err error) string {
	switch {
	case resp == nil:
		return whyNoHTTP(err).Error()
	case resp.StatusCode == http.StatusSwitchingProtocols:
		return rootCause(err).Error()
	default:
		return fmt.Sprintf("HTTP status %d", resp.StatusCode)
	}
}

// whyNoHTTP says for people why an opening handshake was not answered in HTTP.
func whyNoHTTP(err error) error {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nothing listens there (connection refused)")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer to the opening handshake in time")
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "readLoopPeekFail"):
		return errors.New("it listens, but does not speak HTTP")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return errors.New("it ends the connection during the opening handshake")
	default:
		return rootCause(err)
	}
}

func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
