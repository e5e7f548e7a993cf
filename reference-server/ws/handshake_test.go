// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// headers are those of a handshake; an empty one is left out.
type headers map[string]string

func TestHandshake(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Origins: []string{"app.example.org", "https://*.example.net", "localhost:*"}})
	upgrade := headers{
		"Connection": "Upgrade", "Upgrade": "websocket",
		"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
	}
	for name, tc := range map[string]struct {
		method string
		change headers
		status int
		header string // "Name: value" that must be there
	}{
		"a plain one":                     {status: 101},
		"a page that is no WebSocket":     {change: headers{"Connection": "", "Upgrade": ""}, status: 426, header: "Upgrade: websocket"},
		"a POST":                          {method: "POST", status: 405},
		"an upgrade to something else":    {change: headers{"Upgrade": "h2c"}, status: 426},
		"version 8":                       {change: headers{"Sec-WebSocket-Version": "8"}, status: 400, header: "Sec-Websocket-Version: 13"},
		"no version":                      {change: headers{"Sec-WebSocket-Version": ""}, status: 400, header: "Sec-Websocket-Version: 13"},
		"no key":                          {change: headers{"Sec-WebSocket-Key": ""}, status: 400},
		"a short key":                     {change: headers{"Sec-WebSocket-Key": "c2hvcnQ="}, status: 400},
		"a foreign origin":                {change: headers{"Origin": "http://evil.example"}, status: 403},
		"a null origin":                   {change: headers{"Origin": "null"}, status: 403},
		"an origin that is no URL":        {change: headers{"Origin": "http://%zz"}, status: 403},
		"its own origin":                  {change: headers{"Origin": s.http.URL}, status: 101},
		"an allowed host":                 {change: headers{"Origin": "http://APP.example.org"}, status: 101},
		"an allowed scheme and host":      {change: headers{"Origin": "https://a.example.net"}, status: 101},
		"an allowed host, another scheme": {change: headers{"Origin": "http://a.example.net"}, status: 403},
		"an allowed host on any port":     {change: headers{"Origin": "http://localhost:8080"}, status: 101},
		"the subprotocol":                 {change: headers{"Sec-WebSocket-Protocol": "mqtt, zaqar.v2"}, status: 101, header: "Sec-Websocket-Protocol: zaqar.v2"},
		"a foreign subprotocol":           {change: headers{"Sec-WebSocket-Protocol": "mqtt"}, status: 101, header: "Sec-Websocket-Protocol: "},
		"compression":                     {change: headers{"Sec-WebSocket-Extensions": "permessage-deflate"}, status: 101, header: "Sec-Websocket-Extensions: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			method := tc.method
			if method == "" {
				method = http.MethodGet
			}
			req, err := http.NewRequestWithContext(soon(t), method, s.http.URL+"/any/path?x=1", nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, fields := range []headers{upgrade, tc.change} {
				for k, v := range fields {
					req.Header.Set(k, v)
					if v == "" {
						req.Header.Del(k)
					}
				}
			}
			resp, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != tc.status {
				t.Errorf("status = %d, want %d", resp.StatusCode, tc.status)
			}
			if k, want, ok := strings.Cut(tc.header, ": "); ok && resp.Header.Get(k) != want {
				t.Errorf("%s = %q, want %q", k, resp.Header.Get(k), want)
			}
			if tc.status >= 400 {
				if text, _ := io.ReadAll(resp.Body); len(text) < 20 || strings.Contains(string(text), "<") {
					t.Errorf("body = %q, want a plain sentence", text)
				}
			}
		})
	}
}

func TestAStarLetsEveryOriginIn(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Origins: []string{"*"}})
	for _, origin := range []string{"null", "file://", "http://evil.example", "https://evil.example:8443"} {
		c, _, err := websocket.Dial(soon(t), s.http.URL, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}})
		if err != nil {
			t.Errorf("origin %q: %v, want a connection", origin, err)
			continue
		}
		_ = c.CloseNow()
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := Options{API: &script{}, Codec: plain{}}
	for name, change := range map[string]func(*Options){
		"a negative size": func(o *Options) { o.Limits.MaxFrame = -1 },
	} {
		o := good
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: New() succeeded, want an error", name)
		}
	}
	good.Origins = []string{"fine.example", "[broken"}
	if _, err := New(good); !errors.Is(err, path.ErrBadPattern) || !strings.Contains(err.Error(), "[broken") {
		t.Errorf("New() = %v, want an error that names the pattern", err)
	}
}

func TestNoConnectionIsOpenedDuringShutdown(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	if err := s.front.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, resp, err := websocket.Dial(soon(t), s.http.URL, nil)
	if err == nil || resp == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("Dial() = %v, %v, want status 503", resp, err)
	}
}
