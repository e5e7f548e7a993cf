// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestMoreConnectionsThanMaxConnectionsAreRefused(t *testing.T) { // FRM-78
	t.Parallel()
	s := newStage(t, Options{Limits: wire.Limits{MaxConnections: 2}})
	first, second := s.dial(t), s.dial(t)
	for range 3 {
		_, resp, err := websocket.Dial(soon(t), s.http.URL, nil)
		if err == nil || resp == nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Fatalf("Dial() = %v, %v, want status 503", resp, err)
		}
	}
	wantAlive(t, first)
	wantAlive(t, second)
	if err := first.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "room for another", func() bool {
		c, _, err := websocket.Dial(soon(t), s.http.URL, nil)
		if err != nil {
			return false
		}
		defer c.CloseNow()
		wantAlive(t, c)
		return true
	})
	wantAlive(t, second)
}

func TestAHandshakeThatIsRefusedTakesNoPlaceForLong(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Limits: wire.Limits{MaxConnections: 1}})
	for range 5 {
		resp, err := http.Get(s.http.URL) //nolint:noctx // a plain request, as a browser sends it
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	waitFor(t, "room", func() bool {
		s.front.mu.Lock()
		defer s.front.mu.Unlock()
		return s.front.inside == 0
	})
	wantAlive(t, s.dial(t))
}

func TestAClientThatEndsItsSendingSideIsLet(t *testing.T) { // FRM-77
	t.Parallel()
	s := newStage(t, Options{})
	conn, r := s.raw(t)
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		t.Fatal("no TCP")
	}
	if _, err := io.WriteString(conn, "\x82\x85\x00\x00\x00\x00hello"); err != nil {
		t.Fatal(err)
	}
	if err := tcp.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !strings.HasPrefix(string(got), "\x82\x15MessagePack 200 hello") {
		t.Errorf("read %q, %v, want the reply, then the end", got, err)
	}
	waitFor(t, "the end", func() bool { return s.left.Load() == 1 })
}

func TestAClientThatReadsNothingOverTLSIsDropped(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{WriteTimeout: 100 * time.Millisecond, CloseTimeout: 100 * time.Millisecond})
	secure := httptest.NewTLSServer(s.front)
	defer secure.Close()
	c, _, err := websocket.Dial(soon(t), secure.URL, &websocket.DialOptions{HTTPClient: secure.Client()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	for range 64 { // 64 MiB of replies: more than the sockets hold
		if err := c.Write(soon(t), websocket.MessageText, []byte("long reply")); err != nil {
			break // dropped
		}
	}
	waitFor(t, "the connection to be dropped", func() bool { return s.left.Load() == 1 })
	if !strings.Contains(s.log.String(), "reads too slowly") {
		t.Errorf("log = %s\nwant the reason in it", s.log)
	}
}
