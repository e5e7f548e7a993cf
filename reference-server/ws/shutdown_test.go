// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func TestShutdownClosesIdleConnectionsWith1001(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	wantAlive(t, c)
	ended := make(chan error, 1)
	go func() { ended <- s.front.Shutdown(context.WithoutCancel(t.Context())) }()
	wantClosed(t, c, websocket.StatusGoingAway)
	if err := <-ended; err != nil {
		t.Errorf("Shutdown() = %v, want nil", err)
	}
}

func TestShutdownAnswersWhatIsInFlight(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageText, "wait")
	send(t, c, websocket.MessageText, "too late")
	<-s.entered
	ended := make(chan error, 1)
	go func() { ended <- s.front.Shutdown(context.WithoutCancel(t.Context())) }()
	select {
	case err := <-ended:
		t.Fatalf("Shutdown() = %v before the request was answered", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(s.leaving)
	wantReply(t, c, websocket.MessageText, "JSON 200 wait")
	wantClosed(t, c, websocket.StatusGoingAway)
	if err := <-ended; err != nil {
		t.Errorf("Shutdown() = %v, want nil", err)
	}
}

func TestShutdownDoesNotWaitForAClientThatWillNotClose(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{CloseTimeout: 100 * time.Millisecond})
	conn, r := s.raw(t)
	// Half a message: the library would wait for the rest without bound.
	if _, err := io.WriteString(conn, "\x82\xfe\x01\x00\x00\x00\x00\x00half"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the connection", func() bool {
		s.front.mu.Lock()
		defer s.front.mu.Unlock()
		return len(s.front.open) == 1
	})
	start := time.Now()
	if err := s.front.Shutdown(soon(t)); err != nil {
		t.Errorf("Shutdown() = %v, want nil", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("Shutdown took %v, want about 100 ms", took)
	}
	if got, _ := io.ReadAll(r); len(got) < 4 || string(got[2:4]) != "\x03\xe9" {
		t.Errorf("read %q, want a close frame with status 1001", got)
	}
}

func TestShutdownDropsEverythingWhenItsTimeIsUp(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageText, "wait")
	<-s.entered
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.front.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown() = %v, want that its time was up", err)
	}
	if _, frame, err := c.Read(soon(t)); err == nil {
		t.Errorf("read %q, want the end of the connection", frame)
	}
	waitFor(t, "the session to be left", func() bool { return s.left.Load() == 1 })
}

func TestShutdownClosesAConnectionThatOpensMeanwhile(t *testing.T) {
	t.Parallel()
	opening, going := make(chan struct{}), make(chan struct{})
	s := newStage(t, Options{WrapConn: func(c Conn) Conn {
		close(opening)
		<-going
		return c
	}})
	ended := make(chan error, 1)
	go func() {
		<-opening
		go func() { ended <- s.front.Shutdown(context.WithoutCancel(t.Context())) }()
		for closing := false; !closing; {
			s.front.mu.Lock()
			closing = s.front.closing
			s.front.mu.Unlock()
		}
		close(going)
	}()
	wantClosed(t, s.dial(t), websocket.StatusGoingAway)
	if err := <-ended; err != nil {
		t.Errorf("Shutdown() = %v, want nil", err)
	}
}
