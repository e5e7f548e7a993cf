// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestAServerThatIsFullSaysSo(t *testing.T) {
	t.Parallel()
	o := refserver.Options{Limits: wire.Limits{MaxConnections: 1}}
	server, err := listenAndServe(t.Context(), endpoint{address: "127.0.0.1:0"}, mutants.Mutant{}, o, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.shutdown(t.Context()) })
	only, _, err := websocket.Dial(t.Context(), server.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer only.CloseNow()
	code, _, stderr := command(t, "", "call", server.url, "queue_list")
	if code != exitUnreachable || !strings.Contains(stderr, "HTTP status 503") || !strings.Contains(stderr, "as many connections as it takes") {
		t.Errorf("exit code %d, stderr %q, want 3 and that it is full", code, stderr)
	}
}

// hold opens TCP connections and says nothing over them.
func hold(t *testing.T, address string, n int) {
	t.Helper()
	for range n {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
	}
}

func TestNoOpeningHandshakeHoldsUpTheServer(t *testing.T) {
	t.Parallel()
	server, err := listenAndServe(t.Context(), endpoint{address: "127.0.0.1:0"}, mutants.Mutant{}, refserver.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.shutdown(t.Context()) })
	address := strings.TrimPrefix(server.url, "ws://")
	open, _, err := websocket.Dial(t.Context(), server.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer open.CloseNow()
	answer := func(text string) string {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Error(err)
			return ""
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(requestTimeout + 5*time.Second))
		_, _ = io.WriteString(c, text) // it may be cut short
		got, _ := io.ReadAll(c)
		return string(got)
	}
	for name, text := range map[string]string{
		"a URL of 1 MB":    "GET /" + strings.Repeat("x", 1<<20) + " HTTP/1.1\r\nHost: lab\r\n\r\n",
		"a header of 1 MB": "GET / HTTP/1.1\r\nHost: lab\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n",
		"100000 headers":   "GET / HTTP/1.1\r\nHost: lab\r\n" + strings.Repeat("X: y\r\n", 100000) + "\r\n",
	} {
		if got := answer(text); got != "" && !strings.HasPrefix(got, "HTTP/1.1 431 ") {
			t.Errorf("%s: answer %.100q, want status 431 or the end", name, got)
		}
	}

	hold(t, address, maxOpening)
	waited := make(chan string, 1)
	go func() { waited <- answer("GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n") }()
	if err := open.Write(t.Context(), websocket.MessageText, []byte(`{"action": "queue_list"}`)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := open.Read(t.Context()); err != nil {
		t.Errorf("a connection that was open before the flood: %v, want a reply", err)
	}
	select {
	case got := <-waited:
		t.Errorf("beyond the flood: answer %q at once, want that it waits", got)
	default:
	}
	if got := <-waited; !strings.HasPrefix(got, "HTTP/1.1 426 ") { // those who say nothing are ended
		t.Errorf("behind the flood: answer %q, want status 426", got)
	}
}

func TestAServerSaysWhatItRisks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		ip                       string
		encrypted, authenticated bool
		says                     string // empty: nothing
	}{
		{"127.0.0.1", false, false, ""},
		{"::1", false, false, ""},
		{"0.0.0.0", false, false, "no authentication"},
		{"::", true, false, "no authentication"},
		{"192.0.2.1", false, true, "no TLS"},
		{"192.0.2.1", true, true, ""},
	} {
		got := risk(&net.TCPAddr{IP: net.ParseIP(tc.ip)}, tc.encrypted, tc.authenticated)
		if !strings.Contains(got, tc.says) || tc.says == "" && got != "" {
			t.Errorf("risk(%+v) = %q", tc, got)
		}
	}
}

func TestAFloodDoesNotHoldUpTheEnd(t *testing.T) {
	t.Parallel()
	server, err := listenAndServe(t.Context(), endpoint{address: "127.0.0.1:0"}, mutants.Mutant{}, refserver.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	hold(t, strings.TrimPrefix(server.url, "ws://"), maxOpening+1)
	if err := server.shutdown(t.Context()); err != nil {
		t.Errorf("shutdown() = %v, want none", err)
	}
}

func TestAHandshakeOverTLSHasItsTimeAndAnOpenConnectionAllOfIt(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	url := a.serve(a.leaf("good", "127.0.0.1", time.Hour))
	transport, err := trust{insecure: true}.transport(url)
	if err != nil {
		t.Fatal(err)
	}
	open, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	defer open.CloseNow()
	silent, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "wss://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	_ = silent.SetDeadline(time.Now().Add(requestTimeout + 3*time.Second))
	if got, err := io.ReadAll(silent); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a client that does not begin TLS is not ended: %q, %v", got, err)
	}
	if err := open.Write(t.Context(), websocket.MessageText, []byte(`{"action": "queue_list"}`)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := open.Read(t.Context()); err != nil {
		t.Errorf("a connection that was idle for %v: %v, want a reply", requestTimeout, err)
	}
}
