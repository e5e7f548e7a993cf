// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// yard is running webhooks over a store, and a server that they may post to.
type yard struct {
	*Webhooks

	store store.Data
	http  *httptest.Server
	log   *safeBuffer
	ahead atomic.Int64 // of the clock

	mu     sync.Mutex
	posted []string // path and body of each request
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// newYard answers each request by answer, after it was noted; nil is 200.
func newYard(t *testing.T, o WebhookOptions, answer http.HandlerFunc) *yard {
	t.Helper()
	y := &yard{log: new(safeBuffer)}
	y.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		y.mu.Lock()
		y.posted = append(y.posted, r.URL.Path+" "+string(body))
		y.mu.Unlock()
		if answer != nil {
			answer(w, r)
		}
	}))
	t.Cleanup(y.http.Close)
	now := func() time.Time { return time.Now().Add(time.Duration(y.ahead.Load())) }
	y.store = memory.New(now)
	o.Store, o.Now, o.Log = y.store, now, slog.New(slog.NewTextHandler(y.log, nil))
	if o.Allow == nil {
		o.Allow = loopback
	}
	y.Webhooks = NewWebhooks(o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { y.Run(ctx); close(done) }()
	t.Cleanup(func() {
		y.http.CloseClientConnections()
		cancel()
		<-done
	})
	return y
}

var queue = store.Queue{Project: "p", Name: "q"}

func (y *yard) subscribe(t *testing.T, url string, options map[string]any) store.Subscription {
	t.Helper()
	packed, err := msgp.AppendMapStrIntf(nil, options)
	if err != nil {
		t.Fatal(err)
	}
	id, err := y.store.CreateSubscription(t.Context(), queue, store.NewSubscription{
		Subscriber: url, TTL: time.Hour, Options: packed, Confirmed: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := y.store.Subscription(t.Context(), queue, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (y *yard) deliver(t *testing.T, s store.Subscription, bodies ...string) {
	t.Helper()
	for _, b := range bodies {
		y.Deliver(t.Context(), queue, s, &wire.Notification{
			MessageType: "Notification", QueueName: "q", TTL: 60, Body: msgp.AppendString(nil, b),
		})
	}
}

// has are the requests so far.
func (y *yard) has() []string {
	y.mu.Lock()
	defer y.mu.Unlock()
	return slices.Clone(y.posted)
}

// wants waits for so many requests.
func (y *yard) wants(t *testing.T, n int) []string {
	t.Helper()
	eventually(t, fmt.Sprintf("%d requests", n), func() bool { return len(y.has()) >= n })
	return y.has()
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			t.Fatalf("no %s in 10 s", what)
		}
		time.Sleep(5 * time.Millisecond) //nolint:forbidigo // it polls, up to a deadline
	}
}

func sent(path, body string) string {
	return path + ` {"Message_Type":"Notification","queue_name":"q","ttl":60,"body":"` + body + `"}`
}

func TestAWebhookIsPostedEachMessageInOrder(t *testing.T) {
	t.Parallel()
	y := newYard(t, WebhookOptions{}, nil)
	y.deliver(t, y.subscribe(t, y.http.URL+"/a", nil), "1", "2", "3")
	want := []string{sent("/a", "1"), sent("/a", "2"), sent("/a", "3")}
	if got := y.wants(t, 3); !slices.Equal(got, want) {
		t.Errorf("posted %q, want %q", got, want)
	}
}

func TestHeadersAndTemplateAreTheSubscribers(t *testing.T) {
	t.Parallel()
	headers := make(chan http.Header, 1)
	y := newYard(t, WebhookOptions{}, func(_ http.ResponseWriter, r *http.Request) { headers <- r.Header })
	y.deliver(t, y.subscribe(t, y.http.URL, map[string]any{
		"post_headers": map[string]any{"x-colour": "green", "Content-Type": "text/plain"},
		"post_data":    `{"text": "$zaqar_message$", "again": "$zaqar_message$"}`,
	}), "a")
	h := <-headers
	if got := h.Get("X-Colour") + " " + h.Get("Content-Type"); got != "green text/plain" {
		t.Errorf("headers %q", got)
	}
	json := sent("", "a")[1:]
	if got, want := y.wants(t, 1)[0], `/ {"text": `+json+`, "again": `+json+`}`; got != want {
		t.Errorf("posted %s, want %s", got, want)
	}
}

func TestAHangingWebhookDelaysItsOwnMessagesAlone(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	y := newYard(t, WebhookOptions{Timeout: 300 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/hang":
			<-hang
		case "/slow":
			for range 100 { // a header and then a byte now and then
				_, _ = w.Write([]byte("."))
				_ = http.NewResponseController(w).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		}
	})
	defer close(hang)
	began := time.Now()
	y.deliver(t, y.subscribe(t, y.http.URL+"/hang", nil), "1")
	y.deliver(t, y.subscribe(t, y.http.URL+"/slow", nil), "1", "2")
	y.deliver(t, y.subscribe(t, y.http.URL+"/good", nil), "1", "2")
	count := func(path string) int {
		n := 0
		for _, p := range y.has() {
			if strings.HasPrefix(p, path) {
				n++
			}
		}
		return n
	}
	eventually(t, "others", func() bool { return count("/good") == 2 && count("/slow") == 2 })
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("others took %v", took)
	}
	eventually(t, "second try", func() bool { return count("/hang") >= 2 })
}

func TestALongAnswerIsNotRead(t *testing.T) {
	t.Parallel()
	var wrote atomic.Int64
	y := newYard(t, WebhookOptions{}, func(w http.ResponseWriter, _ *http.Request) {
		for range 1 << 10 { // 1 GiB
			n, err := w.Write(make([]byte, 1<<20))
			wrote.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	y.deliver(t, y.subscribe(t, y.http.URL, nil), "1", "2")
	y.wants(t, 2)
	if n := wrote.Load(); n > 64<<20 {
		t.Errorf("%d bytes of the answer were taken", n)
	}
}

func TestWhatASlowWebhookHasNoRoomForIsLost(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	y := newYard(t, WebhookOptions{Limits: wire.Limits{MaxOutbox: 1000}}, func(http.ResponseWriter, *http.Request) { <-hang })
	s := y.subscribe(t, y.http.URL, nil)
	y.deliver(t, s, "1")
	y.wants(t, 1)
	y.deliver(t, s, "2", "3", "4", "5")
	close(hang)
	want := []string{sent("/", "1"), sent("/", "2")}
	if got := y.wants(t, 2); !slices.Equal(got, want) {
		t.Errorf("posted %q, want %q", got, want)
	}
	eventually(t, "room", func() bool {
		y.Webhooks.mu.Lock()
		defer y.Webhooks.mu.Unlock()
		return len(y.hooks) == 0
	})
	y.deliver(t, s, "6")
	if got := y.wants(t, 3); got[2] != sent("/", "6") {
		t.Errorf("posted %q, want the sixth", got)
	}
	if n := strings.Count(y.log.String(), "notifications are lost"); n != 1 {
		t.Errorf("%d warnings: %s", n, y.log)
	}
}

func TestASubscriptionThatHasEndedIsPostedNothing(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	y := newYard(t, WebhookOptions{}, func(http.ResponseWriter, *http.Request) { <-hang })
	s := y.subscribe(t, y.http.URL, nil)
	y.deliver(t, s, "1", "2")
	y.wants(t, 1)
	if err := y.store.DeleteSubscription(t.Context(), queue, s.ID); err != nil {
		t.Fatal(err)
	}
	close(hang)
	eventually(t, "end", func() bool {
		y.Webhooks.mu.Lock()
		defer y.Webhooks.mu.Unlock()
		return len(y.hooks) == 0
	})
	if got := y.has(); len(got) != 1 {
		t.Errorf("posted %q", got)
	}
}
