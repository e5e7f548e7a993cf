// SPDX-License-Identifier: Apache-2.0

package refserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// hall is a server with room for many.
type hall struct {
	testing.TB

	url string
	log *journal
}

// journal is a log that can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
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

func newHall(tb testing.TB, outbox int64) *hall {
	tb.Helper()
	h := &hall{TB: tb, log: &journal{}}
	server, err := refserver.New(refserver.Options{
		Limits: wire.Limits{MaxOutbox: outbox, MaxConnections: 4096},
		Log:    slog.New(slog.NewTextHandler(h.log, nil)),
	})
	if err != nil {
		tb.Fatal(err)
	}
	front := httptest.NewServer(server)
	h.url = front.URL
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			tb.Errorf("Shutdown() = %v, want nil", err)
		}
		front.Close()
	})
	return h
}

func (h *hall) enter(ctx context.Context) *websocket.Conn {
	h.Helper()
	conn, _, err := websocket.Dial(ctx, h.url, nil)
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

// subscribe opens a connection that is subscribed to queue q: every other one by a
// text message.
func (h *hall) subscribe(ctx context.Context, number int) *websocket.Conn {
	h.Helper()
	conn := h.enter(ctx)
	kind := websocket.MessageText
	if number%2 == 1 {
		kind = websocket.MessageBinary
	}
	h.ask(ctx, conn, kind, "subscription_create", map[string]any{"queue_name": "q"})
	return conn
}

// ask sends a request that has to be answered with status 201.
func (h *hall) ask(ctx context.Context, conn *websocket.Conn, kind websocket.MessageType, action string, body map[string]any) {
	h.Helper()
	request := map[string]any{
		"action": action, "body": body,
		"headers": map[string]any{"X-Project-ID": "p", "Client-ID": "355186cd-d1e8-4108-a3ac-a2183697232a"},
	}
	frame, err := msgp.AppendIntf(nil, request)
	want := []byte("\xa6status\xcc\xc9")
	if kind == websocket.MessageText {
		frame, err = json.Marshal(request)
		want = []byte(`"status":201`)
	}
	if err != nil {
		h.Fatal(err)
	}
	if err := conn.Write(ctx, kind, frame); err != nil {
		h.Fatal(err)
	}
	if _, reply, err := conn.Read(ctx); err != nil || !bytes.Contains(reply, want) {
		h.Fatalf("%s: %.300q, %v, want status 201", action, reply, err)
	}
}

// post posts messages whose bodies are the numbers from first on, each with a filling.
func (h *hall) post(ctx context.Context, conn *websocket.Conn, queue string, first, n int, filling string) {
	h.Helper()
	messages := make([]any, n)
	for i := range messages {
		messages[i] = map[string]any{"body": map[string]any{"n": first + i, "filling": filling}}
	}
	h.ask(ctx, conn, websocket.MessageText, "message_post", map[string]any{"queue_name": queue, "messages": messages})
}

// numberIn is the number in a notification.
func numberIn(kind websocket.MessageType, frame []byte) (int, error) {
	if kind == websocket.MessageText {
		_, rest, _ := bytes.Cut(frame, []byte(`"n":`))
		digits := rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))]
		n, err := strconv.Atoi(string(digits))
		return n, err
	}
	_, rest, _ := bytes.Cut(frame, []byte("\xa1n"))
	n, _, err := msgp.ReadIntBytes(rest)
	return n, err
}

// hear reads notifications with the numbers from first to before end in this order, in
// the kind of the subscription with that number.
func hear(ctx context.Context, conn *websocket.Conn, number, first, end int) error {
	for want := first; want < end; want++ {
		kind, frame, err := conn.Read(ctx)
		if err != nil {
			return fmt.Errorf("subscriber %d lost its connection before number %d: %w", number, want, err)
		}
		got, err := numberIn(kind, frame)
		if err != nil {
			return fmt.Errorf("subscriber %d cannot read %.200q: %w", number, frame, err)
		}
		if got != want || kind != websocket.MessageType(1+number%2) {
			return fmt.Errorf("subscriber %d got number %d in a %v message, want number %d", number, got, kind, want)
		}
	}
	return nil
}

// A thousand subscribers, each with a thousand messages in order; what waits for one
// of them is bounded to a mebibyte.
func TestAThousandSubscribersGetAThousandMessagesEach(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 2000 sockets and a million messages")
	}
	const crowd, messages, atOnce = 1000, 1000, 20
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	h := newHall(t, 1<<20)
	h.crowd(ctx, crowd, messages, atOnce)
}

// crowd lets so many subscribers hear so many messages. It may cost a heap of 128 MiB:
// some 30 are used where two busy processors are shared, and all outboxes together may hold 1 GiB.
func (h *hall) crowd(ctx context.Context, crowd, messages, atOnce int) {
	h.Helper()
	const heap = 128 << 20
	conns := make([]*websocket.Conn, crowd)
	for i := range conns {
		conns[i] = h.subscribe(ctx, i)
	}
	var before, peak runtime.MemStats
	runtime.ReadMemStats(&before)
	failed := make([]error, crowd)
	var hearing sync.WaitGroup
	for i, conn := range conns {
		hearing.Go(func() { failed[i] = hear(ctx, conn, i, 0, messages) })
	}
	poster := h.enter(ctx)
	for n := 0; n < messages; n += atOnce {
		h.post(ctx, poster, "q", n, atOnce, "")
		runtime.ReadMemStats(&peak)
		if grown := int64(peak.HeapAlloc) - int64(before.HeapAlloc); grown > heap {
			h.Fatalf("after %d messages the heap has grown by %d MiB, want at most %d", n+atOnce, grown>>20, heap>>20)
		}
	}
	hearing.Wait()
	if err := errors.Join(failed...); err != nil {
		h.Errorf("%.2000s", err.Error())
	}
}

func TestASubscriberThatDoesNotReadIsDroppedAndHarmsNobody(t *testing.T) {
	t.Parallel()
	const crowd, messages = 10, 400
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	h := newHall(t, 1<<20)
	stuck := h.subscribe(ctx, 0)
	conns := make([]*websocket.Conn, crowd)
	for i := range conns {
		conns[i] = h.subscribe(ctx, i)
		conns[i].SetReadLimit(1 << 20)
	}
	poster := h.enter(ctx)
	poster.SetReadLimit(1 << 20)
	filling := strings.Repeat("x", 64<<10) // 25 MiB in all: more than the sockets and the outbox hold
	for n := range messages {
		began := time.Now()
		h.post(ctx, poster, "q", n, 1, filling)
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("post %d took %v beside a subscriber that does not read", n, took)
		}
		for i, conn := range conns {
			if err := hear(ctx, conn, i, n, n+1); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !strings.Contains(h.log.String(), "code=1008") {
		t.Errorf("log = %s\nwant a close with status 1008", h.log)
	}
	stuck.SetReadLimit(1 << 20)
	for want := 0; ; want++ {
		kind, frame, err := stuck.Read(ctx)
		if err != nil { // the end: told by 1008 if there was room for it
			break
		}
		if got, err := numberIn(kind, frame); err != nil || got != want {
			t.Fatalf("before its end the stuck subscriber got number %d, %v, want %d", got, err, want)
		}
	}
	if ctx.Err() != nil {
		t.Error("the stuck subscriber's connection has not ended")
	}
}

func BenchmarkAHundredSubscribers(b *testing.B) {
	h := newHall(b, 8<<20)
	const crowd, atOnce = 100, 20
	conns := make([]*websocket.Conn, crowd)
	for i := range conns {
		conns[i] = h.subscribe(b.Context(), i)
	}
	poster := h.enter(b.Context())
	b.ResetTimer()
	for range b.N {
		h.post(b.Context(), poster, "q", 0, atOnce, "")
		var hearing sync.WaitGroup
		for i, conn := range conns {
			hearing.Go(func() {
				if err := hear(b.Context(), conn, i, 0, atOnce); err != nil {
					b.Error(err)
				}
			})
		}
		hearing.Wait()
	}
	b.ReportMetric(float64(b.N*crowd*atOnce)/b.Elapsed().Seconds(), "notifications/s")
}
