// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
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
