// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

func TestServeSaysItsURLOnceItAcceptsAndEndsGracefully(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, w := io.Pipe()
	var stderr bytes.Buffer
	code := make(chan int, 1)
	go func() { code <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "-v"}, nil, w, &stderr) }()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(line)

	soon, done := context.WithTimeout(t.Context(), 10*time.Second)
	defer done()
	conn, _, err := websocket.Dial(soon, url, nil)
	if err != nil {
		t.Fatalf("dial %q: %v", url, err)
	}
	defer conn.CloseNow()
	if err := conn.Write(soon, websocket.MessageText, []byte("{}")); err != nil {
		t.Fatalf("write: %v", err)
	}
	if _, _, err := conn.Read(soon); err != nil { // now it is served, and has said so
		t.Fatalf("read: %v", err)
	}
	cancel()
	if _, _, err := conn.Read(soon); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("read: %v, want a close with status 1001", err)
	}
	if got := <-code; got != exitOK {
		t.Errorf("exit code %d, want 0", got)
	}
	if !strings.Contains(stderr.String(), "connection opened") {
		t.Errorf("log = %q, want the connection in it", &stderr)
	}
}

func TestABodyThatNeverComesDoesNotHoldUpTheEnd(t *testing.T) {
	t.Parallel()
	server, err := listenAndServe(t.Context(), endpoint{address: "127.0.0.1:0"}, mutants.Mutant{}, refserver.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(server.url, "ws://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: lab\r\nContent-Length: 100000\r\n\r\nabc"); err != nil {
		t.Fatal(err)
	}
	idle, _, err := websocket.Dial(t.Context(), server.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer idle.CloseNow()
	_ = c.SetReadDeadline(time.Now().Add(requestTimeout + 3*time.Second))
	if answer, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 426 ") {
		t.Errorf("answer %q, %v, want status 426 and an end within %v", answer, err, requestTimeout)
	}
	const ask = `{"action": "queue_list"}`
	if err := idle.Write(t.Context(), websocket.MessageText, []byte(ask)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := idle.Read(t.Context()); err != nil {
		t.Errorf("a WebSocket that was idle for %v: %v, want a reply", requestTimeout, err)
	}
	go func() { _, _, _ = idle.Read(t.Context()) }() // agrees to the end
	if err := server.shutdown(t.Context()); err != nil {
		t.Errorf("shutdown() = %v, want none", err)
	}
}

func TestServeEndsOnSIGTERM(t *testing.T) {
	t.Parallel()
	cmd := process(t, "serve", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Wait() = %v, want exit code 0", err)
	}
}
