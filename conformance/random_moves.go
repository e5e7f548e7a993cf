// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// draft is a move before it is known what it will find: picks are numbers.
type draft struct {
	verb          string
	queue, client int
	count, pick   int
}

// draw draws so many drafts; the same seed brings the same ones.
func draw(seed, n int, verbs []string) []draft {
	one := rapid.Custom(func(t *rapid.T) draft {
		return draft{
			verb:   rapid.SampledFrom(verbs).Draw(t, "verb"),
			queue:  rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "queue"),
			client: rapid.SampledFrom([]int{0, 0, 1}).Draw(t, "client"),
			count:  rapid.SampledFrom([]int{1, 1, 2, 3, 4}).Draw(t, "count"),
			pick:   rapid.IntRange(0, 1<<16).Draw(t, "pick"),
		}
	})
	return rapid.SliceOfN(one, n, n).Example(seed)
}

// verbs are what a draft can come to in the state of its queue; false when there
// is nothing to do it to.
func verbs() map[string]func(q *queue, d draft, n int) (act, bool) {
	free, claimed := isFree, func(m kept) bool { return m.claim != "" }
	list := func(a act) func(*queue, draft, int) (act, bool) {
		return func(*queue, draft, int) (act, bool) { a.action, a.limit = "message_list", 20; return a, true }
	}
	return map[string]func(q *queue, d draft, n int) (act, bool){
		"create": plain("queue_create"), "remove": plain("queue_delete"), "stats": plain("queue_get_stats"),
		"purge": plain("queue_purge"),
		"spare": func(*queue, draft, int) (act, bool) { return act{action: "queue_purge", spares: true}, true },
		"post":  postSome, "list": list(act{echo: true}), "list own": list(act{}), "page": nextPage,
		"get":         func(q *queue, d draft, _ int) (act, bool) { return pickOne("message_get", q, d, anyMessage, true) },
		"get many":    func(q *queue, d draft, _ int) (act, bool) { return pickMany("message_get_many", q, d, anyMessage) },
		"delete":      func(q *queue, d draft, _ int) (act, bool) { return pickOne("message_delete", q, d, free, true) },
		"delete many": func(q *queue, d draft, _ int) (act, bool) { return pickMany("message_delete_many", q, d, free) },
		"pop": func(_ *queue, d draft, _ int) (act, bool) {
			return act{action: "message_delete_many", limit: d.count}, true
		},
		"claim": func(_ *queue, d draft, n int) (act, bool) {
			return act{action: "claim_create", limit: d.count, label: fmt.Sprintf("c%d", n), ttl: int64(d.pick % 100)}, true
		},
		"get claim": onClaim("claim_get"), "renew": onClaim("claim_update"), "release": onClaim("claim_delete"),
		"done":                  func(q *queue, d draft, _ int) (act, bool) { return byClaim(q, d, true) },
		"delete claimed":        func(q *queue, d draft, _ int) (act, bool) { return pickOne("message_delete", q, d, claimed, false) },
		"delete by wrong claim": func(q *queue, d draft, _ int) (act, bool) { return byClaim(q, d, false) },
		"delete many by claims": func(q *queue, d draft, _ int) (act, bool) {
			a, ok := pickMany("message_delete_many", q, d, claimed)
			for _, l := range q.claims {
				a.claims = append(a.claims, l.id)
			}
			return a, ok
		},
	}
}

func isFree(m kept) bool { return m.claim == "" }

func plain(action string) func(*queue, draft, int) (act, bool) {
	return func(*queue, draft, int) (act, bool) { return act{action: action}, true }
}

// postSome posts messages that are named after the move.
func postSome(_ *queue, d draft, n int) (act, bool) {
	a := act{action: "message_post"}
	for i := range d.count {
		a.bodies = append(a.bodies, fmt.Sprintf("m%d%c", n, 'a'+i))
	}
	return a, true
}

// nextPage lists behind a message, up to a limit.
func nextPage(q *queue, d draft, _ int) (act, bool) {
	a := act{action: "message_list", echo: true, limit: d.count}
	if d.pick%3 > 0 && len(q.messages) > 1 {
		a.marker = q.messages[1+d.pick%(len(q.messages)-1)].id
	}
	a.claimed = a.marker != "" && d.pick%2 > 0
	return a, true
}

// pickOne picks a message; sometimes one that is gone, if that is wanted.
func pickOne(action string, q *queue, d draft, pass func(kept) bool, gone bool) (act, bool) {
	some := q.pick(pass)
	if gone && len(q.past) > 0 && (d.pick%4 == 0 || len(some) == 0) {
		return act{action: action, ids: []string{q.past[d.pick%len(q.past)].id}}, true
	}
	if len(some) == 0 {
		return act{}, false
	}
	return act{action: action, ids: []string{some[d.pick%len(some)]}}, true
}

// pickMany picks some messages, in an order that is not theirs.
func pickMany(action string, q *queue, d draft, pass func(kept) bool) (act, bool) {
	some := q.pick(pass)
	for _, f := range q.past[max(0, len(q.past)-1):] {
		some = append(some, f.id)
	}
	if len(some) == 0 {
		return act{}, false
	}
	a := act{action: action}
	for i := range min(d.count, len(some)) {
		a.ids = append(a.ids, some[(d.pick+len(some)-i)%len(some)])
	}
	return a, true
}

// pick are the ids of the messages that pass.
func (q *queue) pick(pass func(kept) bool) []string {
	var some []string
	for _, m := range q.messages {
		if pass(m) {
			some = append(some, m.id)
		}
	}
	return some
}

// byClaim deletes a message of a claim, by that claim or by another one.
func byClaim(q *queue, d draft, right bool) (act, bool) {
	a, ok := pickOne("message_delete", q, d, func(m kept) bool { return m.claim != "" || !right }, false)
	if !ok {
		return a, false
	}
	m := q.messages[q.message(a.ids[0])]
	a.claim = m.claim
	if !right {
		others := slices.DeleteFunc(slices.Clone(q.claims), func(l lease) bool { return l.id == m.claim })
		if len(others) == 0 {
			return act{}, false
		}
		a.claim = others[d.pick%len(others)].id
	}
	return a, true
}

// onClaim does something to a claim, sometimes to one that was deleted.
func onClaim(action string) func(*queue, draft, int) (act, bool) {
	return func(q *queue, d draft, _ int) (act, bool) {
		a := act{action: action, ttl: int64(100 + d.pick%100)}
		switch {
		case len(q.ended) > 0 && (d.pick%5 == 0 || len(q.claims) == 0):
			a.claim = q.ended[d.pick%len(q.ended)]
		case len(q.claims) > 0:
			a.claim = q.claims[d.pick%len(q.claims)].id
		}
		return a, a.claim != ""
	}
}

// simpler are shorter forms of a move.
func simpler(m move) []move {
	var all []move
	if n := len(m.bodies); n > 1 {
		all = append(all, m)
		all[0].bodies = m.bodies[:1]
	}
	if n := len(m.ids); n > 1 {
		for i := range n {
			all = append(all, m)
			all[len(all)-1].ids = m.ids[i : i+1]
		}
	}
	return all
}
