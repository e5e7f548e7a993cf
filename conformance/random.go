// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// A history is a walk of random requests over two queues, by two clients, each
// reply held to the model. It follows from the seed of the run and the id of the
// case alone, so that --seed repeats it, in each format.

// The most that finding the shortest failing history may cost.
const (
	maxReplays   = 80
	maxShrinking = 4 * time.Second
)

// histories are the cases of random histories. Each has verbs of its own, so
// that a target that breaks one rule does not hide what the others are about.
func histories(s *suite) {
	for _, c := range []struct {
		id    spec.ID
		slug  string
		verbs []string
	}{
		{spec.MSG23, "random-histories", []string{
			"post", "post", "post", "list", "list own", "page", "get", "get many", "delete", "delete many", "pop",
		}},
		{spec.CLM8, "random-histories", []string{
			"post", "post", "claim", "claim", "claim", "claim", "release", "release", "get claim", "renew",
			"done", "done", "list", "pop", "get",
		}},
		{spec.MSG45, "random-histories", []string{
			"post", "post", "claim", "claim", "done", "delete", "delete claimed", "delete by wrong claim", "get", "list", "release",
		}},
		{spec.QUE29, "random-histories", []string{
			"post", "post", "claim", "done", "release", "stats", "stats", "delete", "pop",
			"create", "remove", "purge", "spare", "list", "get", "get claim",
		}},
		{spec.MSG49, "random-histories", []string{
			"post", "post", "claim", "claim", "release", "delete many", "delete many", "delete many by claims",
			"get claim", "get many", "list",
		}},
	} {
		s.checkWith(c.id, c.slug, Rule{Live: true, Least: fourAtOnce()}, func(ctx context.Context, p *Peer) {
			p.Histories(ctx, 2, 60, c.verbs...)
		})
	}
}

// fourAtOnce are the limits that histories have to be allowed.
func fourAtOnce() map[string]int64 {
	return map[string]int64{"max_messages_per_page": 4, "max_messages_per_claim_or_pop": 4}
}

// Histories plays random histories of so many requests each, and judges every
// reply by the model. The first that fails is replayed, ever shorter, while it
// fails in the same way.
func (p *Peer) Histories(ctx context.Context, histories, requests int, verbs ...string) {
	s := p.scene
	other := p.Another(ctx).As(p.NewClient())
	seeds := []string{s.run.seed}
	if again := s.run.remembered[s.id]; again != "" && again != s.run.seed {
		seeds = []string{again, s.run.seed}
	}
	for _, seed := range seeds {
		for n := range histories {
			sum := s.historySum(seed, n)
			w := &walk{
				clients: [2]*Peer{p, other}, drafts: draw(int(binary.BigEndian.Uint32(sum[:])), requests, verbs),
			}
			from := s.mark()
			bad := w.play(ctx, w.invent)
			if bad == nil {
				s.cut(from)
				continue
			}
			w.blame(ctx, bad, from, fmt.Sprintf("history %d of seed %s", n+1, seed), seed)
		}
	}
}

// walk is one history, and what is known of the queues while it is played.
type walk struct {
	clients [2]*Peer
	drafts  []draft

	done   []move // as far as it was played
	names  [2]string
	queues [2]*queue
	ids    map[string]string // of messages and claims, by their labels
}

// move is one request of a history. Messages and claims are named by the move
// that made them, so that a move means the same when others are left out.
type move struct {
	act

	queue int
}

// play plays a history on fresh queues, up to the first divergence.
func (w *walk) play(ctx context.Context, next func(n int) (move, bool)) *ended {
	w.done, w.ids = nil, map[string]string{}
	for i := range w.queues {
		w.names[i], w.queues[i] = w.clients[0].Name(), new(queue)
	}
	return conclude(func() {
		for n := 0; ; n++ {
			m, more := next(n)
			if !more {
				return
			}
			if m.action != "" {
				w.done = append(w.done, m)
				w.do(ctx, m)
			}
		}
	})
}

// invent is the move that a draft comes to in the state that it finds; when all
// are drafted, a look at everything follows.
func (w *walk) invent(n int) (move, bool) {
	if n < len(w.drafts) {
		d := w.drafts[n]
		q := w.queues[d.queue]
		if a, ok := verbs()[d.verb](q, d, n); ok && w.fits(q, a) {
			a.client, a.limit = d.client, min(a.limit, w.most())
			a.ttl = min(w.clients[0].Limit("min_claim_ttl")+a.ttl, w.clients[0].Limit("max_claim_ttl"))
			return move{w.labelled(q, a), d.queue}, true
		}
		return move{}, true
	}
	var last []move
	for i, q := range w.queues {
		if q.exists {
			last = append(last, move{act{action: "message_list", echo: true, limit: w.most()}, i}, move{act{action: "queue_get_stats"}, i})
		}
		for _, l := range q.claims {
			last = append(last, move{act{action: "claim_get", claim: l.label}, i})
		}
	}
	if n -= len(w.drafts); n < len(last) {
		return last[n], true
	}
	return move{}, false
}

// again plays moves that were played before, less those that do not fit any more.
func (w *walk) again(moves []move) func(n int) (move, bool) {
	return func(n int) (move, bool) {
		if n == len(moves) {
			return move{}, false
		}
		if m := moves[n]; w.fits(w.queues[m.queue], w.resolved(m.act)) {
			return m, true
		}
		return move{}, true
	}
}

// most is how many messages a queue may hold, so that one page shows them all.
func (w *walk) most() int {
	p := w.clients[0]
	return int(min(p.Limit("max_messages_per_page"), p.Limit("max_messages_per_claim_or_pop")))
}

// fits keeps a history to what its case is about: it asks nothing whose answer
// is open, and keeps off sentences that have cases of their own and that would
// end each history early where they are broken: markers of the first message
// (MSG-31), a limit that hidden messages count against (MSG-30), include_claimed
// without a marker (MSG-29), stats of no queue (QUE-32), claimed messages in
// message_delete_many (MSG-50), claims that outlive their queue (QUE-29, QUE-40).
func (w *walk) fits(q *queue, a act) bool {
	claimed := slices.ContainsFunc(q.messages, func(m kept) bool { return m.claim != "" })
	switch a.action {
	case "message_post":
		return len(q.messages)+len(a.bodies) <= w.most()
	case "message_list":
		i := q.message(a.marker)
		hides := !a.echo || claimed && !a.claimed
		return (a.marker == "" && !a.claimed || i > 0 && !q.messages[i].unsure) && (!hides || a.limit == w.most())
	case "message_delete_many":
		named := slices.ContainsFunc(q.messages, func(m kept) bool { return m.claim != "" && slices.Contains(a.ids, m.id) })
		return q.exists && (a.claims != nil || !named) || a.limit > 0
	case "queue_delete":
		return len(q.claims) == 0
	case "queue_get_stats", "queue_purge":
		return q.exists
	default:
		return true
	}
}

// do sends one request, and holds its reply to the model.
func (w *walk) do(ctx context.Context, m move) {
	a, p := w.resolved(m.act), w.clients[m.client]
	r := p.act(ctx, w.names[m.queue], a)
	next, bad := w.queues[m.queue].step(a, r)
	for i, id := range r.ids {
		if i < len(a.bodies) {
			w.ids[a.bodies[i]] = id
		}
	}
	if a.action == "claim_create" && r.status == 201 {
		w.ids[a.label] = r.claim
	}
	p.scene.check("model", a.action, "as the model says")
	if bad == nil {
		w.queues[m.queue] = next
		return
	}
	if bad.stranger && w.elsewhere(m.queue, r.messages) {
		bad.rule = spec.QUE4
	}
	p.scene.fail(bad.failure())
}

// elsewhere says whether a message belongs to the other queue.
func (w *walk) elsewhere(queue int, got []shown) bool {
	other := w.queues[1-queue]
	return slices.ContainsFunc(got, func(s shown) bool { return other.message(s.id) >= 0 || other.fateOf(s.id) != nil })
}

// blame shrinks a failing history and ends the case with what is left of it.
func (w *walk) blame(ctx context.Context, bad *ended, from int, what, seed string) {
	s := w.clients[0].scene
	moves, lines := w.done, s.cut(from)
	if f := bad.failure; f != nil && f.Symptom != NoReply && f.Symptom != Closed {
		began, replays := time.Now(), 0
		moves = shrink(moves, simpler, func(some []move) bool {
			if replays++; replays > maxReplays || time.Since(began) > maxShrinking {
				return false
			}
			end := w.play(ctx, w.again(some))
			seen := s.cut(from)
			if end == nil || end.failure == nil || end.failure.Requirement != f.Requirement || end.failure.Symptom != f.Symptom {
				return false
			}
			bad, lines = end, seen
			return true
		})
	}
	s.put(lines)
	what = fmt.Sprintf("%s: %d requests", what, len(w.drafts))
	if len(moves) < len(w.drafts) {
		what += ", shrunk to " + strconv.Itoa(len(moves))
	}
	w.clients[0].scene.note(w.clients[0].conn, what)
	if bad.failure != nil {
		bad.failure.Seed = seed
	}
	end(*bad)
}
