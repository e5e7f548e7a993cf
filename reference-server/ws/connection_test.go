// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestRepliesComeInKindAndInOrder(t *testing.T) {
	t.Parallel()
	c := newStage(t, Options{}).dial(t)
	const n = 200
	for i := range n {
		kind := websocket.MessageText
		if i%2 == 1 {
			kind = websocket.MessageBinary
		}
		send(t, c, kind, strconv.Itoa(i))
	}
	for i := 0; i < n; i += 2 {
		wantReply(t, c, websocket.MessageText, fmt.Sprintf("JSON 200 %d", i))
		wantReply(t, c, websocket.MessageBinary, fmt.Sprintf("MessagePack 200 %d", i+1))
	}
}

func TestAnEmptyMessageIsARequest(t *testing.T) {
	t.Parallel()
	c := newStage(t, Options{}).dial(t)
	send(t, c, websocket.MessageBinary, "")
	wantReply(t, c, websocket.MessageBinary, "MessagePack 200 ")
}

func TestTextThatIsNotUTF8ClosesWith1007(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageBinary, "\xff")
	wantReply(t, c, websocket.MessageBinary, "MessagePack 200 \xff")
	send(t, c, websocket.MessageText, "\xff")
	wantClosed(t, c, websocket.StatusInvalidFramePayloadData)
}

func TestMaxFrame(t *testing.T) {
	t.Parallel()
	const most = 100_000 // above the library's own 32 KiB
	c := newStage(t, Options{Limits: wire.Limits{MaxFrame: most}}).dial(t)
	c.SetReadLimit(-1)
	largest := strings.Repeat("x", most)
	send(t, c, websocket.MessageText, largest)
	wantReply(t, c, websocket.MessageText, "JSON 200 "+largest)
	send(t, c, websocket.MessageText, largest+"x")
	wantClosed(t, c, websocket.StatusMessageTooBig)
}

func TestAFrameFarTooLongStillHearsWhy(t *testing.T) {
	t.Parallel()
	c := newStage(t, Options{Limits: wire.Limits{MaxFrame: 1000}}).dial(t)
	send(t, c, websocket.MessageBinary, strings.Repeat("x", 4<<20))
	wantClosed(t, c, websocket.StatusMessageTooBig)
}

func TestACloseIsAnsweredAndTheSessionLeft(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	wantAlive(t, c)
	if err := c.Close(websocket.StatusNormalClosure, "done"); err != nil {
		t.Errorf("Close() = %v, want nil", err)
	}
	if err := s.front.Shutdown(soon(t)); err != nil {
		t.Fatal(err)
	}
	if n := s.left.Load(); n != 1 {
		t.Errorf("Leave was called %d times, want once", n)
	}
}

func TestAPingIsAnswered(t *testing.T) {
	t.Parallel()
	c := newStage(t, Options{}).dial(t)
	ctx := c.CloseRead(soon(t))
	if err := c.Ping(ctx); err != nil {
		t.Errorf("Ping() = %v, want nil", err)
	}
}

func TestWhatBreaksIsAnsweredWith500(t *testing.T) {
	t.Parallel()
	for frame, want := range map[string]struct{ reply, log string }{
		"panic":             {"JSON 500 panic", "scripted panic"},
		"nothing":           {"JSON 500 nothing", "nil pointer"},
		"decode panics":     {"JSON 500 ", "runtime/debug.Stack"},
		"encode fails once": {"JSON 500 encode fails once", "scripted failure"},
	} {
		t.Run(frame, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, Options{})
			c := s.dial(t)
			send(t, c, websocket.MessageText, frame)
			wantReply(t, c, websocket.MessageText, want.reply)
			wantAlive(t, c)
			if !strings.Contains(s.log.String(), want.log) {
				t.Errorf("log = %s\nwant %q in it", s.log, want.log)
			}
		})
	}
}

func TestWhatCannotBeAnsweredClosesWith1011(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	for _, frame := range []string{"encode fails", "encode panics"} {
		c := s.dial(t)
		send(t, c, websocket.MessageText, frame)
		wantClosed(t, c, websocket.StatusInternalError)
	}
}

func TestABrokenFrameClosesWith1002(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{CloseTimeout: 50 * time.Millisecond})
	for name, bytes := range map[string]string{
		"unmasked":                     "\x81\x01x",
		"a reserved bit":               "\xc1\x81\x00\x00\x00\x00x",
		"a reserved opcode":            "\x83\x81\x00\x00\x00\x00x",
		"a fragmented ping":            "\x09\x81\x00\x00\x00\x00x",
		"a long ping":                  "\x89\xfe\x00\x7e\x00\x00\x00\x00" + strings.Repeat("x", 126),
		"a continuation of nothing":    "\x80\x81\x00\x00\x00\x00x",
		"a text within a text":         "\x01\x81\x00\x00\x00\x00x\x81\x81\x00\x00\x00\x00x",
		"a 16-bit length of 1":         "\x81\xfe\x00\x01\x00\x00\x00\x00x",
		"a 64-bit length of 300":       "\x81\xff\x00\x00\x00\x00\x00\x00\x01\x2c\x00\x00\x00\x00" + strings.Repeat("x", 300),
		"a negative length":            "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
		"a close with one byte":        "\x88\x81\x00\x00\x00\x00x",
		"a close with a reserved code": "\x88\x82\x00\x00\x00\x00\x03\xed",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, r := s.raw(t)
			const first = "\x82\x85\x00\x00\x00\x00hello"
			if _, err := io.WriteString(conn, first+bytes); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !strings.Contains(err.Error(), "reset") {
				t.Fatalf("read: %v, want the end of the connection", err)
			}
			const reply = "\x82\x15MessagePack 200 hello"
			rest, ok := strings.CutPrefix(string(got), reply)
			if !ok {
				t.Fatalf("read %q, want the good request before it answered", got)
			}
			if len(rest) < 4 || rest[0] != '\x88' || rest[2:4] != "\x03\xea" {
				t.Errorf("read %q, want a close frame with status 1002", rest)
			}
		})
	}
}

// raw opens a connection by hand, for frames that no library sends; some may go with
// the handshake.
func (s *stage) raw(t *testing.T, with ...string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(soon(t), "tcp", s.http.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"+strings.Join(with, ""))
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(conn)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if line == "\r\n" {
			return conn, r
		}
	}
}

func TestAClientThatDoesNotReadIsDropped(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{WriteTimeout: 100 * time.Millisecond})
	c := s.dial(t)
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

func TestAFullOutboxClosesWith1008(t *testing.T) {
	t.Parallel()
	stuck := &stuckConn{closed: make(chan websocket.StatusCode, 1), gone: make(chan struct{})}
	server, client := net.Pipe()
	defer client.Close()
	c := &connection{
		o:      &Options{API: &script{}, Codec: plain{}},
		conn:   stuck,
		socket: &socket{Conn: server},
		cancel: func() {},
		outbox: newOutbox(2 * (overhead + 4)),
	}
	*c.o = c.o.withDefaults()
	c.log = c.o.Log
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { c.send(ctx); close(done) }()

	accepted := 0
	for c.push(wire.JSON, wire.Raw("news")) {
		accepted++
	}
	if accepted != 2 {
		t.Errorf("%d messages were accepted, want the 2 that fit", accepted)
	}
	if code := <-stuck.closed; code != websocket.StatusPolicyViolation {
		t.Errorf("closed with status %d, want 1008", code)
	}
	cancel()
	close(stuck.gone)
	<-done
}

// stuckConn is a connection whose client never reads.
type stuckConn struct {
	Conn
	closed chan websocket.StatusCode
	gone   chan struct{}
}

func (s *stuckConn) Write(context.Context, websocket.MessageType, []byte) error {
	<-s.gone
	return net.ErrClosed
}

func (s *stuckConn) Close(code websocket.StatusCode, _ string) error {
	s.closed <- code
	return nil
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for ctx := soon(t); !ok(); {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestASessionIsClosedBehindTheReply(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageText, "close 4003")
	wantReply(t, c, websocket.MessageText, "JSON 200 close 4003")
	wantClosed(t, c, 4003)
}

func TestASessionIsClosedWhileItIsIdle(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageText, "remember")
	wantReply(t, c, websocket.MessageText, "JSON 200 remember")
	s.session.Load().Close(4003, "the token has ended")
	s.session.Load().Close(1008, "too late to say so")
	wantClosed(t, c, 4003)
}
