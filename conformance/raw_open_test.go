// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

func TestEachFaultOfAnOpeningFailsTheCaseOfItsRule(t *testing.T) {
	t.Parallel()
	refuse := func(when func(r *http.Request) bool) func(net.Conn, *http.Request) bool {
		return func(c net.Conn, r *http.Request) bool {
			if !when(r) {
				return false
			}
			_, _ = fmt.Fprint(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
			return true
		}
	}
	open := func(when func(r *http.Request) bool) func(net.Conn, *http.Request) bool {
		return func(c net.Conn, r *http.Request) bool {
			if !when(r) {
				return false
			}
			_, _ = fmt.Fprint(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
			_, _ = bufio.NewReader(c).ReadByte() // until the judge goes
			return true
		}
	}
	for name, tc := range map[string]struct {
		opens func(net.Conn, *http.Request) bool
		names string
		id    string
		rule  spec.ID
	}{
		"upgrade is compared as it is": {
			refuse(func(r *http.Request) bool { return r.Header.Get("Upgrade") == "WEBSOCKET" }),
			"", "FRM-1/upgrade-in-either-case", spec.FRM1,
		},
		"one token only": {
			refuse(func(r *http.Request) bool { return strings.Contains(r.Header.Get("Connection"), ",") }),
			"", "FRM-1/connection-with-other-tokens", spec.FRM1,
		},
		"unknown headers": {
			refuse(func(r *http.Request) bool { return r.Header.Get("X-Zaqarwire") != "" }),
			"", "FRM-1/headers-that-nobody-knows", spec.FRM1,
		},
		"no proof": {
			open(func(r *http.Request) bool { return r.Header.Get("Pragma") != "" }),
			"", "FRM-1/headers-that-nobody-knows", spec.FRM1,
		},
		"a hang": {
			func(c net.Conn, r *http.Request) bool {
				if r.Header.Get("Pragma") != "" {
					_, _ = bufio.NewReader(c).ReadByte() // until the judge goes
				}
				return r.Header.Get("Pragma") != ""
			},
			"", "FRM-1/headers-that-nobody-knows", spec.FRM1,
		},
		"POST":            {open(func(r *http.Request) bool { return r.Method == http.MethodPost }), "", "FRM-75/another-method", spec.FRM75},
		"HTTP/1.0":        {open(func(r *http.Request) bool { return !r.ProtoAtLeast(1, 1) }), "", "FRM-75/http-1-0", spec.FRM75},
		"another upgrade": {open(func(r *http.Request) bool { return r.Header.Get("Upgrade") == "h2c" }), "", "FRM-75/no-upgrade", spec.FRM75},
		"no connection": {
			open(func(r *http.Request) bool { return r.Header.Get("Connection") == "keep-alive" }),
			"", "FRM-75/no-connection-upgrade", spec.FRM75,
		},
		"any key": {
			open(func(r *http.Request) bool { return r.Header.Get("Sec-WebSocket-Key") == "zaqarwire" }),
			"", "FRM-75/a-key-that-is-none", spec.FRM75,
		},
		"a version without a word on 13": {
			refuse(func(r *http.Request) bool { return r.Header.Get("Sec-WebSocket-Version") == "8" }),
			"", "FRM-6/versions-of-drafts", spec.FRM6,
		},
		"an extension of its own": {nil, "Sec-WebSocket-Extensions: x-own\r\n", "FRM-76/no-offer", spec.FRM76},
		"whatever is offered": {
			nil, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n",
			"FRM-76/an-offer-of-permessage-deflate", spec.FRM76,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// An extension is named to the judge's own handshakes only: the library
			// would end the connection.
			s := &rawServer{opens: tc.opens}
			if tc.names != "" {
				s.opens = onlyRaw(tc.names)
			}
			begin := testRun
			if name == "a hang" {
				begin = hasty
			}
			if got := tryFormats(rawRun(t, begin, s), caseOf(t, tc.id)); got.Broken() != tc.rule {
				t.Errorf("%v, want %s broken", got, tc.rule)
			}
		})
	}
}

// onlyRaw adds header lines to the answer to a handshake that is not the
// library's, which says by what user agent it comes.
func onlyRaw(names string) func(net.Conn, *http.Request) bool {
	return func(c net.Conn, r *http.Request) bool {
		if r.Header.Get("User-Agent") != "" {
			return false
		}
		_, _ = fmt.Fprintf(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
			"Sec-WebSocket-Accept: %s\r\n%s\r\n", acceptOf(r.Header.Get("Sec-WebSocket-Key")), names)
		return true
	}
}

func TestARawConnectionGoesWhereTheTransportGoes(t *testing.T) {
	t.Parallel()
	secure := httptest.NewTLSServer(nil) // for its certificate and who trusts it
	t.Cleanup(secure.Close)
	trusting, ok := secure.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("no transport")
	}
	r := rawRun(t, testRun, &rawServer{certificates: secure.TLS.Certificates})
	r.target.URL = "wss" + strings.TrimPrefix(r.target.URL, "ws") + "v2?x=1"
	r.target.Transport = trusting
	for _, id := range []string{"FRM-10/fragments-of-one-byte", "FRM-25/behind-the-request-the-sending-side-ends"} {
		if got := tryFormats(r, caseOf(t, id)); got.Verdict != Pass {
			t.Errorf("over TLS: %v", got)
		}
	}
	proxied := trusting.Clone()
	proxied.Proxy = func(r *http.Request) (*url.URL, error) { return r.URL, nil }
	for name, transport := range map[string]http.RoundTripper{
		"a transport of its own kind": struct{ http.RoundTripper }{trusting}, "a proxy": proxied,
	} {
		r.target.Transport = transport
		s := &scene{run: r}
		if end := conclude(func() { s.dialTCP(t.Context()) }); end == nil || end.verdict != NA {
			t.Errorf("%s: %+v, want n/a", name, end)
		}
	}
}
