// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// WebhookOptions tune Webhooks. Store and Now, the clock by which what failed is tried
// again, must be given; the rest has a useful zero.
type WebhookOptions struct {
	Store store.Data
	Now   func() time.Time
	// Allow are addresses that may be reached although they are none of the open
	// internet. Default: none.
	Allow []netip.Prefix
	// Limits bound with MaxOutbox how much may wait for one subscriber, in bytes, with
	// 256 more for each message; what comes beyond is lost. A zero limit is the schema's.
	Limits wire.Limits
	// Timeout is how long a subscriber has for its answer. Default 10 s.
	Timeout time.Duration
	// Requests is how many there are at once at most, with a quarter more for subscribers
	// that did not answer the last time. Default 256.
	Requests int
	// Wrap decorates what posts. Default: as it is.
	Wrap func(http.RoundTripper) http.RoundTripper
	// Resolver finds the addresses of hosts. Default: the system's.
	Resolver *net.Resolver
	// Log hears of what is lost, and never of a path, a header or a body. Default:
	// nobody does.
	Log *slog.Logger
}

func (o WebhookOptions) withDefaults() WebhookOptions {
	o.Limits, o.Log = o.Limits.WithDefaults(), cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.Timeout, o.Requests = cmp.Or(o.Timeout, 10*time.Second), cmp.Or(o.Requests, 256)
	return o
}

// Webhooks posts what it is handed to subscribers that are URLs, for each in order,
// and for none waiting for another. It is safe for concurrent use.
type Webhooks struct {
	o      WebhookOptions
	client *http.Client
	slots  chan struct{} // one for each request that is under way
	beside chan struct{} // the same, of those to subscribers that did not answer the last time
	some   chan struct{} // says that a hook has nobody yet who serves it

	mu    sync.Mutex
	hooks map[own]*hook // those for which something waits
	fresh []*hook
	mute  map[own]struct{} // that did not answer the last time
}

// maxMute is how many mute subscribers are remembered; beyond it all are forgotten.
const maxMute = 1 << 16

// hook is what waits for one subscriber, oldest first.
type hook struct {
	own

	items []msgp.Marshaler
	bytes int64
	lost  int
}

// overhead is what each message that waits counts besides its own length, in bytes.
const overhead = 256

// NewWebhooks returns webhooks that deliver while Run does.
func NewWebhooks(o WebhookOptions) *Webhooks {
	o = o.withDefaults()
	w := &Webhooks{
		o: o, slots: make(chan struct{}, o.Requests), beside: make(chan struct{}, (o.Requests+3)/4),
		some: make(chan struct{}, 1), hooks: map[own]*hook{}, mute: map[own]struct{}{},
	}
	dialer := &net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver, ControlContext: w.control}
	var post http.RoundTripper = &http.Transport{ // no proxy: it would reach what we must not
		DialContext: dialer.DialContext, TLSHandshakeTimeout: o.Timeout, // it goes on when the request has ended
		MaxResponseHeaderBytes: 16 << 10, IdleConnTimeout: 30 * time.Second,
	}
	if o.Wrap != nil {
		post = o.Wrap(post)
	}
	w.client = &http.Client{
		Transport:     post,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // SUB-73
	}
	return w
}

// Run delivers until ctx ends, and returns when nothing is under way any more.
func (w *Webhooks) Run(ctx context.Context) {
	defer w.client.CloseIdleConnections()
	var serving sync.WaitGroup
	defer serving.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.some:
		}
		w.mu.Lock()
		fresh := w.fresh
		w.fresh = nil
		w.mu.Unlock()
		for _, h := range fresh {
			serving.Go(func() { w.serve(ctx, h) })
		}
	}
}

// Deliver implements Deliverer.
func (w *Webhooks) Deliver(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o := own{q, s.ID}
	h := w.hooks[o]
	if h == nil {
		h = &hook{own: o}
		w.hooks[o], w.fresh = h, append(w.fresh, h)
		select {
		case w.some <- struct{}{}:
		default:
		}
	}
	bytes := sizeOf(n)
	if h.bytes > 0 && h.bytes+bytes > w.o.Limits.MaxOutbox {
		if h.lost++; h.lost == 1 {
			w.o.Log.WarnContext(ctx, "webhook too slow: notifications are lost", "queue", q.Name, "subscription", s.ID)
		}
		return
	}
	h.items, h.bytes = append(h.items, n), h.bytes+bytes
}

func sizeOf(n msgp.Marshaler) int64 {
	if s, sized := n.(msgp.Sizer); sized {
		return overhead + int64(s.Msgsize())
	}
	return overhead
}

// serve delivers what waits for a subscriber until nothing does.
func (w *Webhooks) serve(ctx context.Context, h *hook) {
	for ctx.Err() == nil {
		w.mu.Lock()
		if len(h.items) == 0 {
			delete(w.hooks, h.own)
			w.mu.Unlock()
			return
		}
		n := h.items[0]
		w.mu.Unlock()
		if err := w.deliver(ctx, h.own, n); err != nil && ctx.Err() == nil {
			w.o.Log.WarnContext(ctx, "webhook given up: a notification is lost",
				"queue", h.queue.Name, "subscription", h.id, "err", err)
		}
		w.mu.Lock() // it counts as waiting until it is delivered
		h.items[0], h.items, h.bytes = nil, h.items[1:], h.bytes-sizeOf(n)
		w.mu.Unlock()
	}
}

// deliver posts one message, again and again as the policy has it, until the
// subscriber has answered it, is given up or no longer subscribes.
func (w *Webhooks) deliver(ctx context.Context, o own, n msgp.Marshaler) error {
	for tries := 0; ; tries++ {
		s, err := w.o.Store.Subscription(ctx, o.queue, o.id)
		if store.Missing(err) {
			return nil // it ended
		}
		if _, news := n.(*wire.Notification); err == nil && news && !s.Confirmed {
			return nil // it is not wanted any more
		}
		var again bool
		if err == nil {
			again, err = w.post(ctx, o, &s, n)
		}
		if err == nil || !again {
			return err
		}
		waits := w.waits(ctx, o.queue, s.Options)
		if tries >= len(waits) || !w.pause(ctx, waits[tries]) {
			return err
		}
	}
}

// pause waits for a while of the server's clock. False means that ctx ended first.
func (w *Webhooks) pause(ctx context.Context, while time.Duration) bool {
	for due := w.o.Now().Add(while); w.o.Now().Before(due); {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(100 * time.Millisecond): // the clock may be moved
		}
	}
	return ctx.Err() == nil
}

// post posts a message once. Again means that it may be worth another try.
func (w *Webhooks) post(ctx context.Context, o own, s *store.Subscription, n msgp.Marshaler) (again bool, err error) {
	options := optionsOf(s.Options)
	text, err := new(wire.Door).Notify(wire.JSON, n)
	if err != nil {
		return false, fmt.Errorf("write a notification: %w", err)
	}
	body := string(text)
	if template, ok := options["post_data"].(string); ok { // SUB-63
		body = strings.ReplaceAll(template, placeholder, body)
	}
	slots := w.slotsOf(o)
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return false, errors.New("the server ends")
	}
	ctx, cancel := context.WithTimeout(ctx, w.o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Subscriber, strings.NewReader(body))
	if err != nil {
		return false, errors.New("the URL is none")
	}
	if req.Header, err = headersOf(options); err != nil {
		return false, err
	}
	resp, err := w.client.Do(req)
	w.answered(o, err == nil)
	if err != nil {
		return true, discreet(err)
	}
	_ = resp.Body.Close() // it is not read, however long it is (SUB-75)
	switch {
	case resp.StatusCode >= http.StatusInternalServerError: // SUB-66
		return true, fmt.Errorf("the answer is %d", resp.StatusCode)
	case resp.StatusCode >= http.StatusMultipleChoices:
		return false, fmt.Errorf("the answer is %d", resp.StatusCode)
	}
	return false, nil
}

// slotsOf are those that a subscriber's next request has to wait for: who did not
// answer the last time waits only for those like it.
func (w *Webhooks) slotsOf(o own) chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, mute := w.mute[o]; mute {
		return w.beside
	}
	return w.slots
}

// answered remembers whether a subscriber did.
func (w *Webhooks) answered(o own, did bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if did {
		delete(w.mute, o)
		return
	}
	if len(w.mute) == maxMute {
		clear(w.mute)
	}
	w.mute[o] = struct{}{}
}

// discreet is why nothing was answered, without a word of the URL, which may hold
// credentials, nor of what came instead.
func discreet(err error) error {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("look up its host: %s", dns.Err)
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("%s: %w", op.Op, op.Err)
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return errors.New("its certificate is not to be trusted")
	}
	if failed, ok := errors.AsType[*url.Error](err); ok && failed.Timeout() {
		return errors.New("no answer in time")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the connection ended without an answer")
	}
	return errors.New("the answer is none of HTTP")
}
