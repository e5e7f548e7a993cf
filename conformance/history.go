// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// crowd is how many clients use one queue at once.
const crowd = 64

// maxSearch is how long a linearization is searched for. A history for which
// that is too short is not judged.
const maxSearch = 10 * time.Second

// concurrent are the cases of many clients at once. What each does follows from
// the seed; what comes of it is the target's.
func concurrent(s *suite) {
	rule := Rule{Live: true, Least: fourAtOnce(), Labels: []string{Concurrency}}
	s.checkWith(spec.CLM8, "sixty-four-clients", rule, func(ctx context.Context, p *Peer) {
		p.Crowd(ctx, 24, "claim", "claim", "claim", "claim and release", "work")
	})

	s.checkWith(spec.MSG52, "sixty-four-clients", rule, func(ctx context.Context, p *Peer) {
		p.Crowd(ctx, 24, "claim", "work", "claim and release", "pop", "pop", "post", "list", "delete")
	})
}

// op is one request of a concurrent history.
type op struct {
	client    int
	conn      int
	act       act
	reply     reply
	call, ret time.Duration // since the case began: before it was sent, after it was read
}

// gathering is a queue that many clients use at once.
type gathering struct {
	queue string
	began *queue // as it was before they came
	ids   []string

	mu  sync.Mutex
	ops []op
}

// Crowd lets 64 clients do what is drawn from roles, all at once, on one queue
// with so many messages, and then takes stock. It judges that some order of the
// requests explains all replies: claims are exclusive, nothing is lost, nothing
// comes twice, the order is kept.
func (p *Peer) Crowd(ctx context.Context, messages int, roles ...string) {
	g := &gathering{began: new(queue)}
	g.prepare(ctx, p, messages)
	sum := p.scene.historySum(p.scene.run.seed, 0)
	parts := draw(int(binary.BigEndian.Uint32(sum[:])), crowd, roles)
	p.Together(ctx, crowd, func(ctx context.Context, i int, p *Peer) {
		g.play(ctx, p, i, parts[i])
	})
	g.takeStock(ctx, p)
	p.scene.check("model", "history", "explained by some order of the requests")
	g.judge(p.scene)
}

// prepare makes the queue and posts, one request after another, so that the
// order of these messages is known.
func (g *gathering) prepare(ctx context.Context, p *Peer, messages int) {
	g.queue = p.Name()
	setup := []act{{action: "queue_create"}}
	for first := 0; first < messages; first += 20 {
		a := act{action: "message_post", client: crowd}
		for n := first; n < min(first+20, messages); n++ {
			a.bodies = append(a.bodies, fmt.Sprintf("m%d", n))
		}
		setup = append(setup, a)
	}
	p.scene.preparing(func() {
		for _, a := range setup {
			r := p.act(ctx, g.queue, a)
			next, bad := g.began.step(a, r)
			if bad != nil {
				p.scene.fail(bad.failure())
			}
			g.began, g.ids = next, append(g.ids, r.ids...)
		}
	})
}

// do sends one request of a client and writes it down.
func (g *gathering) do(ctx context.Context, p *Peer, client int, a act) reply {
	a.client = client
	o := op{client: client, conn: p.conn.number, act: a, call: time.Since(p.scene.began)}
	o.reply = p.act(ctx, g.queue, a)
	o.ret = time.Since(p.scene.began)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ops = append(g.ops, o)
	return o.reply
}

// play is what one client does.
func (g *gathering) play(ctx context.Context, p *Peer, client int, d draft) {
	switch d.verb {
	case "pop":
		g.do(ctx, p, client, act{action: "message_delete_many", limit: d.count})
	case "post":
		for n := range 2 {
			g.do(ctx, p, client, act{action: "message_post", bodies: []string{fmt.Sprintf("m%d%c", client, 'a'+n)}})
		}
	case "list":
		g.do(ctx, p, client, act{action: "message_list", echo: true, limit: int(p.Limit("max_messages_per_page"))})
	case "delete":
		g.do(ctx, p, client, act{action: "message_delete", ids: []string{g.ids[d.pick%len(g.ids)]}})
	default:
		g.claim(ctx, p, client, d)
	}
}

// claim leases messages; "work" deletes the first of them and frees the others,
// "claim and release" frees them all.
func (g *gathering) claim(ctx context.Context, p *Peer, client int, d draft) {
	r := g.do(ctx, p, client, act{
		action: "claim_create", limit: d.count, ttl: p.Limit("max_claim_ttl"), label: fmt.Sprintf("c%d", client),
	})
	if r.claim == "" || len(r.messages) == 0 || d.verb == "claim" {
		return
	}
	if d.verb == "work" {
		g.do(ctx, p, client, act{action: "message_delete", ids: []string{r.messages[0].id}, claim: r.claim})
	}
	g.do(ctx, p, client, act{action: "claim_delete", claim: r.claim})
}

// takeStock looks, alone, at what is left: what the claims hold, and the rest.
func (g *gathering) takeStock(ctx context.Context, p *Peer) {
	var kept []string
	for _, o := range g.ops {
		if o.act.action == "claim_create" && o.reply.claim != "" && len(o.reply.messages) > 0 {
			kept = append(kept, o.reply.claim)
		}
	}
	for _, o := range g.ops {
		kept = slices.DeleteFunc(kept, func(c string) bool { return o.act.action == "claim_delete" && o.act.claim == c })
	}
	for _, c := range kept {
		g.do(ctx, p, crowd, act{action: "claim_get", claim: c, ttl: p.Limit("max_claim_ttl")})
	}
	for range 2 + len(g.ids) + crowd*2 { // it ends when nothing is left
		a := act{action: "message_delete_many", limit: int(p.Limit("max_messages_per_claim_or_pop"))}
		if r := g.do(ctx, p, crowd, a); len(r.messages) == 0 {
			return
		}
	}
}

// judge ends the case if no order of the requests explains their replies.
func (g *gathering) judge(s *scene) {
	began, ops, verdict := suspect(g.began, g.ops)
	switch verdict {
	case ordered:
		return
	case undecided:
		s.give(Untested, fmt.Sprintf("whether an order of the %d requests explains their replies was not found out in %v",
			len(g.ops), maxSearch))
	case impossible:
	}
	bad := accuse(began, ops)
	f := bad.failure()
	f.Drawing = drawing(began, ops)
	f.Seed = s.run.seed
	s.keepOnly(ops)
	s.line(Line{Dir: Remark, Short: fmt.Sprintf("%d clients, %d requests; these %d are a part that no order explains",
		crowd, len(g.ops), len(ops))})
	end(ended{verdict: Fail, failure: &f})
}

// keepOnly leaves what these requests sent and received in the transcript.
func (s *scene) keepOnly(ops []op) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = slices.DeleteFunc(s.lines, func(l written) bool {
		return !slices.ContainsFunc(ops, func(o op) bool { return o.conn == l.Conn && o.call <= l.At && l.At <= o.ret })
	})
}

// said is an op in a few words.
func (o op) said(name, claim func(id string) string) string {
	var shown []string
	for _, m := range o.reply.messages {
		shown = append(shown, name(m.id))
	}
	got := strings.Join(shown, " ")
	if got == "" {
		got = "nothing"
	}
	switch a := o.act; a.action {
	case "message_post":
		return "posts " + strings.Join(a.bodies, " ")
	case "message_list":
		return "lists: " + got
	case "message_delete":
		by := ""
		if a.claim != "" {
			by = " by " + claim(a.claim)
		}
		return fmt.Sprintf("deletes %s%s: %d", name(a.ids[0]), by, o.reply.status)
	case "message_delete_many":
		return "pops: " + got
	case "claim_create":
		if o.reply.status != 201 {
			return "claims: nothing"
		}
		return "claims: " + got + " in " + a.label
	case "claim_get":
		return "gets " + claim(a.claim) + ": " + got
	default:
		return "releases " + claim(a.claim)
	}
}
