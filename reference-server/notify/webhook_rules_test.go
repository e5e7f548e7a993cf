// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"bytes"
	"context"
	"errors"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tinylib/msgp/msgp"
)

func TestClosedAddressesAreNotReachedWhateverLeadsThere(t *testing.T) {
	t.Parallel()
	trapped := make(chan string, 10)
	l, err := net.Listen("tcp", "127.0.0.2:0") //nolint:noctx // a test
	if err != nil {
		t.Skip("there is no second loopback address here")
	}
	trap := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		trapped <- r.Method + " " + r.URL.Path
	})}}
	trap.Start()
	defer trap.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())

	dns, answers := resolver(t) // "rebind.test" is the one address at first, and the other one then
	y := newYard(t, WebhookOptions{Resolver: dns}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		if r.URL.Path == "/redirect" {
			http.Redirect(w, r, trap.URL+"/redirected", http.StatusTemporaryRedirect)
		}
	})
	none := map[string]any{"_retry_policy": map[string]any{
		"retries_with_no_delay": 0, "minimum_delay_retries": 0, "maximum_delay_retries": 0, "minimum_delay": 9, "maximum_delay": 9,
	}}
	_, good, _ := net.SplitHostPort(strings.TrimPrefix(y.http.URL, "http://"))

	y.deliver(t, y.subscribe(t, trap.URL+"/direct", none), "1")
	y.deliver(t, y.subscribe(t, "http://[::ffff:127.0.0.2]:"+port+"/mapped", none), "1")
	y.deliver(t, y.subscribe(t, y.http.URL+"/redirect", none), "1")
	answers.Store([]byte{127, 0, 0, 1})
	moved := y.subscribe(t, "http://rebind.test:"+good+"/moves", none)
	y.deliver(t, moved, "1")
	eventually(t, "the first of the name", func() bool {
		return slices.ContainsFunc(y.has(), func(p string) bool { return strings.HasPrefix(p, "/moves") })
	})
	answers.Store([]byte{127, 0, 0, 2})
	y.deliver(t, y.subscribe(t, "http://rebind.test:"+port+"/moved", none), "1")

	eventually(t, "refusals", func() bool { return strings.Count(y.log.String(), "not allowed its address") == 3 })
	select {
	case got := <-trapped:
		t.Errorf("the closed address got %s", got)
	default:
	}
}

// resolver answers each question for an address of version 4 with the one stored.
func resolver(t *testing.T) (*net.Resolver, *atomic.Value) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	answers := new(atomic.Value)
	go func() {
		for b := make([]byte, 512); ; {
			n, from, err := conn.ReadFrom(b)
			if errors.Is(err, net.ErrClosed) {
				return
			}
			question := b[12:n]
			question = question[:bytes.IndexByte(question, 0)+5]
			reply := slices.Concat(b[:2], []byte{0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question)
			if question[len(question)-3] == 1 { // of type A
				a, _ := answers.Load().([]byte)
				reply[7] = 1
				reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
				reply = append(reply, a...)
			}
			_, _ = conn.WriteTo(reply, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}, answers
}

func TestOnlyTheOpenInternetIsOpen(t *testing.T) {
	t.Parallel()
	w := NewWebhooks(WebhookOptions{Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00:1::/32")}})
	for a := range strings.FieldsSeq(`8.8.8.8 2606:4700::1 10.1.2.3 ::ffff:10.1.2.3 fd00:1::1`) {
		if !w.allowed(netip.MustParseAddr(a)) {
			t.Errorf("%s is not allowed", a)
		}
	}
	for a := range strings.FieldsSeq(`0.0.0.0 0.1.2.3 127.0.0.1 127.1.2.3 10.2.0.1 172.16.0.1 192.168.1.1 169.254.169.254
		100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
		:: ::1 ::ffff:127.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 fc00::1 fd00:2::1 fe80::1 fe80::1%eth0
		fec0::1 ff02::1 3fff::1`) {
		if w.allowed(netip.MustParseAddr(a)) {
			t.Errorf("%s is allowed", a)
		}
	}
}

func TestCheckRefusesWhatCannotBeServed(t *testing.T) {
	t.Parallel()
	w := NewWebhooks(WebhookOptions{})
	options := func(m map[string]any) []byte {
		b, err := msgp.AppendMapStrIntf(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	headers := func(name, value string) []byte {
		return options(map[string]any{"post_headers": map[string]any{name: value}})
	}
	policy := func(m map[string]any) []byte { return options(map[string]any{"_retry_policy": m}) }
	const good = "https://user:word@example.org:8443/hook?x=1#y"
	for name, tc := range map[string]struct {
		subscriber string
		options    []byte
		ok         bool
	}{
		"a URL":                     {good, options(nil), true},
		"no options":                {good, nil, true},
		"this connection":           {"", headers("X-Colour", "gr\tün"), true},
		"a small policy":            {good, policy(map[string]any{"retries_with_no_delay": 5, "maximum_delay": 40}), true},
		"no host":                   {"http://", nil, false},
		"a port alone":              {"http://:80/", nil, false},
		"no slashes":                {"http:example.org", nil, false},
		"a blank":                   {" http://example.org", nil, false},
		"a blank in the host":       {"http://exa mple.org", nil, false},
		"a control character":       {"http://example.org/\n", nil, false},
		"one of C1":                 {"http://example.org/\u0085x", nil, false},
		"a blank in the path":       {"http://example.org/a b", nil, false},
		"a blank behind":            {"http://example.org/?x ", nil, false},
		"a tab in the fragment":     {"http://example.org/#\t", nil, false},
		"a wide blank":              {"http://example.org/\u3000", nil, false},
		"a blank that is written":   {"http://example.org/a%20b?c+d#é", nil, true},
		"port 0":                    {"http://example.org:0", nil, false},
		"port 65536":                {"http://example.org:65536", nil, false},
		"mail":                      {"mailto:x@example.org", nil, false},
		"a trust":                   {"trust+https://example.org", nil, false},
		"loopback":                  {"http://127.0.0.1/", nil, false},
		"loopback, mapped":          {"http://[::ffff:127.0.0.1]/", nil, false},
		"behind a user":             {"http://example.org@169.254.169.254/", nil, false},
		"a header in a header":      {good, headers("X-A", "a\r\nX-B: b"), false},
		"a header in a name":        {good, headers("X-A: a\r\nX-B", "b"), false},
		"no name":                   {good, headers("", "b"), false},
		"Host":                      {good, headers("host", "b"), false},
		"Content-Length":            {good, headers("Content-Length", "0"), false},
		"a number for a header":     {good, options(map[string]any{"post_headers": map[string]any{"X-A": 7}}), false},
		"eleven places":             {good, options(map[string]any{"post_data": strings.Repeat(placeholder, 11)}), false},
		"a policy of many retries":  {good, policy(map[string]any{"retries_with_no_delay": int64(1) << 60}), false},
		"a policy of many hours":    {good, policy(map[string]any{"maximum_delay": 3600}), false},
		"delays too close":          {good, policy(map[string]any{"minimum_delay": 21}), false},
		"delays of a huge policy":   {good, policy(map[string]any{"minimum_delay": int64(math.MaxInt64), "maximum_delay": int64(math.MinInt64)}), false},
		"a policy of another curve": {good, policy(map[string]any{"retry_backoff_function": "geometric"}), false},
	} {
		if err := w.Check(tc.subscriber, tc.options); (err == nil) != tc.ok {
			t.Errorf("%s: Check(%q) = %v", name, tc.subscriber, err)
		}
	}
	for _, unserved := range []string{"mailto:x@example.org", "trust+https://example.org"} {
		if err := w.Check(unserved, nil); err == nil || !strings.Contains(err.Error(), "delivers to nothing else") {
			t.Errorf("Check(%q) = %v, want that it is not served", unserved, err)
		}
	}
}
