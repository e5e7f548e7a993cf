// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// script is an API that does what the frame says. Its codec takes the whole
// frame for the action.
type script struct {
	entered chan struct{} // one for each "wait"
	leaving chan struct{} // closed to let "wait" go on
	left    atomic.Int32
	session atomic.Pointer[api.Session] // the one that said "remember"
}

func (s *script) Do(ctx context.Context, session *api.Session, req *wire.Request) *wire.Response {
	switch req.Action {
	case "panic":
		panic("scripted panic")
	case "nothing":
		return nil
	case "remember":
		s.session.Store(session)
	case "close 4003":
		session.Close(4003, "the token has ended")
	case "push twice":
		session.Push(wire.JSON, wire.Raw("news"))
		session.Push(wire.MsgPack, wire.Raw("news"))
	case "push badly":
		session.Push(wire.JSON, wire.Raw("notify panics"))
		session.Push(wire.JSON, wire.Raw("news"))
	case "wait":
		s.entered <- struct{}{}
		select {
		case <-s.leaving:
		case <-ctx.Done():
		}
	}
	return &wire.Response{Status: 200, Echo: req.Echo}
}

func (s *script) Leave(context.Context, *api.Session) { s.left.Add(1) }

// plain is a codec that shows what it was given: "JSON 200 hello".
type plain struct{}

func (plain) Decode(_ wire.Format, frame []byte) *wire.Request {
	if string(frame) == "decode panics" {
		panic("scripted panic")
	}
	return &wire.Request{Action: string(frame), Echo: wire.Echo{Action: wire.Raw(frame)}}
}

func (plain) Encode(f wire.Format, r *wire.Response) ([]byte, error) {
	switch action := string(r.Echo.Action); {
	case action == "encode fails once" && r.Status == 200, action == "encode fails":
		return nil, errors.New("scripted failure")
	case action == "encode panics":
		panic("scripted panic")
	case action == "long reply":
		return bytes.Repeat([]byte("x"), 1<<20), nil
	}
	return fmt.Appendf(nil, "%v %d %s", f, r.Status, r.Echo.Action), nil
}

func (plain) Notify(f wire.Format, n msgp.Marshaler) ([]byte, error) {
	text, err := n.MarshalMsg(nil)
	if string(text) == "notify panics" {
		panic("scripted panic")
	}
	return append([]byte(f.String()+" "), text...), err
}

// stage is a running front.
type stage struct {
	*script
	front *Front
	http  *httptest.Server
	log   *journal
}

// journal is a log that a test can read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func newStage(t *testing.T, o Options) *stage {
	t.Helper()
	s := &stage{script: &script{entered: make(chan struct{}, 8), leaving: make(chan struct{})}, log: &journal{}}
	o.API, o.Codec = s.script, plain{}
	o.Log = slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if s.front, err = New(o); err != nil {
		t.Fatal(err)
	}
	s.http = httptest.NewServer(s.front)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.front.Shutdown(ctx); err != nil {
			t.Errorf("Shutdown() = %v, want nil", err)
		}
		s.http.Close()
	})
	return s
}

// soon is a context that ends before the test run does.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func (s *stage) dial(t *testing.T) *websocket.Conn {
	t.Helper()
	c, resp, err := websocket.Dial(soon(t), s.http.URL, nil)
	if err != nil {
		t.Fatalf("Dial: %v", err)
	}
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	t.Cleanup(func() { _ = c.CloseNow() })
	return c
}

func send(t *testing.T, c *websocket.Conn, kind websocket.MessageType, frame string) {
	t.Helper()
	if err := c.Write(soon(t), kind, []byte(frame)); err != nil {
		t.Fatalf("write %.20q: %v", frame, err)
	}
}

func wantReply(t *testing.T, c *websocket.Conn, kind websocket.MessageType, frame string) {
	t.Helper()
	k, got, err := c.Read(soon(t))
	if err != nil || k != kind || string(got) != frame {
		t.Fatalf("read %v %.40q, %v, want %v %.40q", k, got, err, kind, frame)
	}
}

// wantAlive proves that the connection still answers.
func wantAlive(t *testing.T, c *websocket.Conn) {
	t.Helper()
	send(t, c, websocket.MessageText, "still there")
	wantReply(t, c, websocket.MessageText, "JSON 200 still there")
}

func wantClosed(t *testing.T, c *websocket.Conn, code websocket.StatusCode) {
	t.Helper()
	_, frame, err := c.Read(soon(t))
	if got := websocket.CloseStatus(err); got != code {
		t.Fatalf("read %.40q, %v, want a close with status %d", frame, err, code)
	}
}
