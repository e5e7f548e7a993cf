// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// receiver is where the target posts to: one server for all cases of a run, with a
// path for each webhook.
type receiver struct {
	url  string
	http *http.Server

	mu    sync.Mutex
	hooks map[string]*Hook // by path
}

// arrival is a request that a webhook got.
type arrival struct {
	request M // method, headers in lower case, and body, or text if that is no JSON
	ask     M // the map of a confirmation request in it, if it is one
}

// newReceiver listens at an address; nil if there is none.
func newReceiver(ctx context.Context, address string) (*receiver, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // there is none, and no fault
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &UsageError{fmt.Errorf("receive webhooks on %q: %w", address, err)}
	}
	r := &receiver{url: "http://" + l.Addr().String(), hooks: map[string]*Hook{}}
	r.http = &http.Server{Handler: r, ReadHeaderTimeout: time.Minute}
	go func() { _ = r.http.Serve(l) }() // it ends with close
	return r, nil
}

func (r *receiver) close() {
	if r != nil {
		_ = r.http.Close() // nobody is answered any more
	}
}

// ServeHTTP takes a request for one of the webhooks.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	h := r.hooks[q.URL.Path]
	r.mu.Unlock()
	if h == nil {
		return // its case is over: status 200, so that nobody tries again
	}
	body, err := io.ReadAll(io.LimitReader(q.Body, 64<<20))
	if err != nil {
		return // it did not come whole
	}
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()
	go func() {
		select {
		case <-h.over:
			cancel()
		case <-ctx.Done():
		}
	}()
	h.take(arrivalOf(q, body))(w, q.WithContext(ctx))
}

func arrivalOf(q *http.Request, body []byte) arrival {
	headers := M{}
	for name, values := range q.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	a := arrival{request: M{"method": q.Method, "headers": headers}}
	if v, err := read(JSON, body); err == nil {
		a.request["body"], a.ask = v, askIn(v)
	} else {
		a.request["text"] = string(body)
	}
	return a
}

// askIn finds a confirmation request, wherever a template has put it; nil if there is
// none.
func askIn(v any) M {
	m, _ := v.(M)
	if kind, _ := m["Message_Type"].(string); strings.HasSuffix(kind, "Confirmation") {
		return m
	}
	for _, inside := range m {
		if ask := askIn(inside); ask != nil {
			return ask
		}
	}
	return nil
}

// end ends the webhooks of a case: whoever waits for an answer gets one.
func (r *receiver) end(s *scene) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for path, h := range r.hooks {
		if h.p.scene == s {
			close(h.over)
			delete(r.hooks, path)
		}
	}
}

// Reply is what a webhook answers to a request. It returns when the request's context
// ends, which it does with the case.
type Reply func(w http.ResponseWriter, q *http.Request)

// StatusReply answers with a status, and with nothing else.
func StatusReply(status int) Reply {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// Hook is a webhook of a case: it notes what is posted to it. Confirmation requests
// are kept apart, and always answered with status 200.
type Hook struct {
	// URL leads to it, for as long as the case lasts.
	URL string

	p       *Peer
	replies []Reply
	over    chan struct{} // closed with the case

	mu    sync.Mutex
	taken int // messages so far
	news  chan arrival
	asks  chan arrival
}

// Hook makes a webhook that answers messages with the replies, one after another, and
// with status 200 when there are none left. The case needs Rule{Hooks: true}.
func (p *Peer) Hook(replies ...Reply) *Hook {
	if !p.scene.rule.Hooks {
		p.scene.misused("webhooks need Rule{Hooks: true}")
	}
	return p.hookAt(p.scene.run.receiver, replies)
}

// Trap makes one that the target must not reach, on the address that its operator has
// not allowed. The case needs Rule{Trap: true}.
func (p *Peer) Trap() *Hook {
	if !p.scene.rule.Trap {
		p.scene.misused("a trap needs Rule{Trap: true}")
	}
	return p.hookAt(p.scene.run.trap, nil)
}

func (p *Peer) hookAt(r *receiver, replies []Reply) *Hook {
	path := "/" + p.scene.fresh()
	h := &Hook{
		URL: r.url + path, p: p, replies: replies, over: make(chan struct{}),
		news: make(chan arrival, 4096), asks: make(chan arrival, 4096),
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hooks[path] = h
	return h
}

// take notes a request, and says what to answer.
func (h *Hook) take(a arrival) Reply {
	into, reply := h.news, StatusReply(http.StatusOK)
	h.mu.Lock()
	defer h.mu.Unlock()
	if a.ask != nil {
		into = h.asks
	} else {
		if h.taken < len(h.replies) {
			reply = h.replies[h.taken]
		}
		h.taken++
	}
	select {
	case into <- a:
	default: // more than any case waits for
	}
	return reply
}

// Subscribe subscribes the webhook to a queue, and confirms it where the target
// requires that. It returns the subscription's id.
func (h *Hook) Subscribe(ctx context.Context, queue string, options M) (id string) {
	h.p.scene.preparing(func() {
		id = h.ask(ctx, queue, options).WantStatus(201).Text("body.subscription_id")
		if h.p.scene.run.target.Profile.lacks([]string{"confirmation"}) != "" {
			return
		}
		if h.p.lacks("subscription_confirm") {
			h.p.Skip("the target requires confirmation, and is declared to be without subscription_confirm")
		}
		h.p.Confirm(ctx, queue, id, h.Asked(ctx), true).WantStatus(204)
	})
	return id
}

// ask sends the subscription_create for the webhook.
func (h *Hook) ask(ctx context.Context, queue string, options M) *Answer {
	body := M{"queue_name": queue, "subscriber": h.URL}
	if options != nil {
		body["options"] = options
	}
	return h.p.Do(ctx, "subscription_create", body)
}

// Confirm sends what a confirmation request gave back to the target.
func (p *Peer) Confirm(ctx context.Context, queue, id string, asked *Answer, confirmed bool, opts ...Option) *Answer {
	opts = append([]Option{
		Header("URL-Signature", asked.Get("URL-Signature")), Header("URL-Expires", asked.Get("URL-Expires")),
		Header("URL-Methods", L{asked.Get("URL-Methods")}), Header("URL-Paths", L{asked.Get("URL-Paths")}),
		Header(headerProject, asked.Get("X-Project-ID")),
	}, opts...)
	return p.Do(ctx, "subscription_confirm", M{"queue_name": queue, "subscription_id": id, "confirmed": confirmed}, opts...)
}

// Posted takes the next message that is posted to the webhook, which has to come in
// time: method, headers by their names in lower case, and body.
func (h *Hook) Posted(ctx context.Context) *Answer {
	return h.PostedWithin(ctx, h.p.scene.deadline())
}

// PostedWithin is Posted for what may take longer.
func (h *Hook) PostedWithin(ctx context.Context, wait time.Duration) *Answer {
	a := h.next(ctx, h.news, "Posted", "a request to the webhook", wait)
	return h.answer(a.request, "POST")
}

// PostedOf takes as many messages, and returns their bodies in the order in which
// they came.
func (h *Hook) PostedOf(ctx context.Context, n int) L {
	bodies := make(L, n)
	for i := range bodies {
		bodies[i] = h.Posted(ctx).Get("body.body")
	}
	return bodies
}

// Asked takes the map of the next confirmation request, which has to come in time.
func (h *Hook) Asked(ctx context.Context) *Answer {
	a := h.next(ctx, h.asks, "Asked", "a confirmation request to the webhook", h.p.scene.deadline())
	h.p.scene.learn(a.ask)
	return h.answer(a.ask, "confirmation")
}

func (h *Hook) next(ctx context.Context, from chan arrival, helper, what string, wait time.Duration) arrival {
	s := h.p.scene
	s.check(helper, "webhook", what)
	if a, _, came := await(ctx, from, wait); came {
		return a
	}
	s.failHere(Failure{Symptom: NoReply, Path: "webhook", Expected: what, Actual: fmt.Sprintf("none within %v", wait)})
	return arrival{}
}

// answer puts what came into the transcript, to be judged.
func (h *Hook) answer(v M, what string) *Answer {
	s := h.p.scene
	a := &Answer{scene: s, kind: Text, value: v}
	a.line = s.line(Line{Conn: h.p.conn.number, Dir: Remark, Short: "webhook got " + what + ": " + a.short("").String()})
	return a
}

// NotPosted judges that no further message is posted: none while one more request is
// answered, and none within a moment that is long for what was caused before that.
func (h *Hook) NotPosted(ctx context.Context) { h.nothing(ctx, h.news, "NotPosted", "message") }

// NotAsked judges the same of confirmation requests.
func (h *Hook) NotAsked(ctx context.Context) {
	h.nothing(ctx, h.asks, "NotAsked", "confirmation request")
}

func (h *Hook) nothing(ctx context.Context, from chan arrival, helper, what string) {
	s := h.p.scene
	s.check(helper, "webhook", "no further "+what)
	h.p.probe(ctx)
	if a, _, came := await(ctx, from, s.run.politeness()); came {
		s.learn(a.ask)
		h.answer(a.request, "POST").fail(Failure{Symptom: BadValue, Path: "body", Expected: "no further " + what, Actual: "one"})
	}
}
