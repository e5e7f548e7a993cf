// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

func webhookFailures(s *suite) {
	retried := func(reply Reply) func(ctx context.Context, p *Peer) {
		return func(ctx context.Context, p *Peer) {
			queue, h := p.NewQueue(ctx), p.Hook(reply)
			h.Subscribe(ctx, queue, nil)

			p.Post(ctx, queue, "a")

			h.Posted(ctx).Want("body.body", "a")
			h.PostedAgain(ctx).Want("body.body", "a")
			h.NotPosted(ctx)
		}
	}
	s.checkWith(spec.SUB66, "status-500", hooking(), retried(StatusReply(500)))
	s.checkWith(spec.SUB66, "status-503", hooking(), retried(StatusReply(503)))
	s.checkWith(spec.SUB66, "no-answer", hooking(), retried(hangUp))

	s.checkWith(spec.SUB67, "retries-with-no-delay", hooking(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		h := p.Hook(hangUp, hangUp, hangUp, hangUp, hangUp, hangUp)
		h.Subscribe(ctx, queue, M{"_retry_policy": M{
			"retries_with_no_delay": 2, "minimum_delay_retries": 1, "minimum_delay": 600, "maximum_delay": 610, "maximum_delay_retries": 0,
		}})

		p.Post(ctx, queue, "a")

		p.Want("bodies", h.PostedOf(ctx, 3), L{"a", "a", "a"})
		h.NotPosted(ctx)
	})

	s.checkWith(spec.SUB67, "the-policy-of-the-queue", hooking(), func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"_retry_policy": M{
			"retries_with_no_delay": 1, "minimum_delay_retries": 1, "minimum_delay": 600, "maximum_delay": 610, "maximum_delay_retries": 0,
		}}}).WantStatus(201)
		h := p.Hook(hangUp, hangUp, hangUp, hangUp, hangUp, hangUp)
		h.Subscribe(ctx, queue, nil)

		p.Post(ctx, queue, "a")

		p.Want("bodies", h.PostedOf(ctx, 2), L{"a", "a"})
		h.NotPosted(ctx)
	})

	s.checkWith(spec.SUB70, "behind-a-refused-one", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook(StatusReply(400), StatusReply(404), StatusReply(303))
		h.Subscribe(ctx, queue, nil)

		p.Post(ctx, queue, "a", "b", "c", "d")

		p.Want("the last of four messages", h.until(ctx, "d"), "d")
	})

	s.checkWith(spec.SUB70, "behind-one-that-broke-the-connection", hooking(), func(ctx context.Context, p *Peer) {
		queue, h := p.NewQueue(ctx), p.Hook(hangUp)
		h.Subscribe(ctx, queue, nil)

		p.Post(ctx, queue, "a", "b", "c")

		p.Want("the last of three messages", h.until(ctx, "c"), "c")
	})

	s.checkWith(spec.SUB70, "behind-a-policy-that-got-shorter", hooking("subscription_update"), func(ctx context.Context, p *Peer) {
		queue, updated := p.NewQueue(ctx), make(chan struct{})
		h := p.Hook(StatusReply(500), StatusReply(500), func(w http.ResponseWriter, q *http.Request) {
			select {
			case <-updated:
			case <-q.Context().Done():
			}
			w.WriteHeader(http.StatusInternalServerError)
		})
		id := h.Subscribe(ctx, queue, M{"_retry_policy": atOnce(4)})
		p.Post(ctx, queue, "a")
		h.Posted(ctx).Want("body.body", "a")
		h.PostedAgain(ctx).Want("body.body", "a")
		h.PostedAgain(ctx).Want("body.body", "a")

		p.Do(ctx, "subscription_update", M{
			"queue_name": queue, "subscription_id": id, "options": M{"_retry_policy": atOnce(0)},
		}).WantStatus(204)
		close(updated)

		p.Post(ctx, queue, "b")
		p.Want("the last of two messages", h.until(ctx, "b"), "b")
	})
}

// atOnce is a policy of so many retries at once, and two after a while.
func atOnce(retries int) M {
	return M{
		"retries_with_no_delay": retries, "minimum_delay_retries": 0, "maximum_delay_retries": 0,
		"minimum_delay": 5, "maximum_delay": 15,
	}
}

// againWithin is how soon what failed is sent again (SUB-66).
const againWithin = 10 * time.Second

// PostedAgain is Posted for what was sent before, and failed.
func (h *Hook) PostedAgain(ctx context.Context) *Answer {
	return h.PostedWithin(ctx, againWithin+h.p.scene.deadline())
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// until takes messages up to one with a body, and returns the last one's.
func (h *Hook) until(ctx context.Context, body string) any {
	for {
		if got := h.PostedAgain(ctx).Get("body.body"); got == body {
			return got
		}
	}
}

// WithoutHeader judges that nothing that came, if anything did, has the header.
func (h *Hook) WithoutHeader(ctx context.Context, name string) {
	h.p.scene.check("WithoutHeader", "headers."+name, "absent")
	h.p.probe(ctx)
	wait(ctx, h.p.scene.run.politeness())
	for {
		select {
		case a := <-h.news:
			h.answer(a.request, "POST").WantAbsent("headers." + name)
		case a := <-h.asks:
			h.p.scene.learn(a.ask)
			h.answer(a.request, "POST").WantAbsent("headers." + name)
		default:
			return
		}
	}
}

func webhookSlow(s *suite) {
	hang := func(_ http.ResponseWriter, q *http.Request) { wait(q.Context(), 20*time.Second) }
	drip := func(w http.ResponseWriter, q *http.Request) {
		for range 200 {
			if _, err := w.Write([]byte(".")); err != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
			wait(q.Context(), 100*time.Millisecond)
		}
	}
	for _, bad := range []struct {
		slug  string
		hooks int
		reply Reply
	}{{"no-answer", 20, hang}, {"a-slow-answer", 20, drip}, {"a-long-answer", 3, flood(1<<30, nil)}} {
		s.checkWith(spec.SUB74, bad.slug, attacking(hooking()).sharing(int64(bad.hooks)+1), func(ctx context.Context, p *Peer) {
			queue, good := p.NewQueue(ctx), p.Hook()
			for range bad.hooks {
				p.Hook(bad.reply, bad.reply, bad.reply, bad.reply).Subscribe(ctx, queue, nil)
			}
			good.Subscribe(ctx, queue, nil)

			for i := range 10 {
				p.Post(ctx, queue, i)
				good.Posted(ctx).Want("body.body", i)
			}
		})
	}

	s.checkWith(spec.SUB75, "a-long-answer", hooking(), func(ctx context.Context, p *Peer) {
		queue, taken := p.NewQueue(ctx), make(chan int64, 1)
		const long = 256 << 20
		h := p.Hook(flood(long, taken))
		h.Subscribe(ctx, queue, nil)

		p.Post(ctx, queue, "a")

		h.Posted(ctx).Want("body.body", "a")
		var n int64
		select {
		case n = <-taken:
		case <-ctx.Done():
		}
		p.Want(fmt.Sprintf("bytes taken of an answer of %d", long), n, AtMost(long/2))
	})
}

// flood answers with so many bytes, and tells how many were taken.
func flood(long int64, taken chan<- int64) Reply {
	return func(w http.ResponseWriter, _ *http.Request) {
		chunk, n := make([]byte, 1<<20), int64(0)
		for n < long {
			wrote, err := w.Write(chunk)
			if n += int64(wrote); err != nil {
				break
			}
		}
		select {
		case taken <- n:
		default:
		}
	}
}

func webhookPlaces(s *suite) {
	trapping := attacking(hooking())
	trapping.Trap = true
	s.checkWith(spec.SUB72, "the-url-itself", trapping.sharing(8), func(ctx context.Context, p *Peer) {
		queue, good, trap := p.NewQueue(ctx), p.Hook(), p.Trap()
		for _, url := range trap.spellings() {
			p.Do(ctx, "subscription_create", M{"queue_name": queue, "subscriber": url}).WantStatus(201, 400)
		}
		good.Subscribe(ctx, queue, nil)

		p.Post(ctx, queue, "a")

		good.Posted(ctx).Want("body.body", "a")
		trap.NotAsked(ctx)
		trap.NotPosted(ctx)
	})

	for _, status := range []int{301, 302, 303, 307, 308} {
		s.checkWith(spec.SUB73, fmt.Sprintf("status-%d", status), trapping, func(ctx context.Context, p *Peer) {
			queue, trap := p.NewQueue(ctx), p.Trap()
			away := func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", trap.URL)
				w.WriteHeader(status)
			}
			h := p.Hook(away)
			h.Subscribe(ctx, queue, nil)

			p.Post(ctx, queue, "a")

			h.Posted(ctx).Want("body.body", "a")
			trap.NotPosted(ctx)
		})
	}
}

// spellings are URLs that lead to the webhook, each in another way.
func (h *Hook) spellings() []string {
	rest, plain := strings.CutPrefix(h.URL, "http://127.0.0.2:")
	if !plain {
		return []string{h.URL}
	}
	return []string{
		h.URL, "http://[::ffff:127.0.0.2]:" + rest, "http://user:word@127.0.0.2:" + rest,
		"http://example.org@127.0.0.2:" + rest, "http://2130706434:" + rest, "http://0x7f.2:" + rest, "http://127.2:" + rest,
	}
}
