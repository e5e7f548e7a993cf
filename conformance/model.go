// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// The model is a queue as the specification describes it: a pure step function
// from a state, a request and its reply to the next state, or to a divergence
// that names the requirement which the reply breaks. It knows MUSTs only: what a
// SHOULD or a MAY leaves open, it takes as the reply shows it. Nothing in it
// ends by its ttl, so that a history has to be shorter than the shortest one.

// act is what the model knows of a request to a queue.
type act struct {
	action string
	client int      // whose Client-ID
	bodies []string // of the messages to post: each names one message
	ids    []string // the messages that are named
	marker string
	echo   bool
	// claimed is include_claimed.
	claimed bool
	// limit is that of a page or a claim, or the pop.
	limit int
	claim string
	label string // of the claim to make, for people
	// claims are claim_ids; nil if the request has none.
	claims []string
	ttl    int64
	// spares says of a purge that it does not name messages.
	spares bool
}

// reply is what the model knows of a reply; what its status does not bring is zero.
type reply struct {
	status   int
	ids      []string // message_ids
	messages []shown
	claim    string
	ttl, age int64
	// Stats.
	free, claimed, total int64
}

// shown is a message in a reply.
type shown struct{ id, body, claim string }

// kept is a message of the queue.
type kept struct {
	id, label string
	client    int
	claim     string // that holds it; empty when it is free
	freed     bool   // a claim that held it was deleted
	unsure    bool   // a purge may have removed it, since a claim held it (QUE-36)
	// since is the rule of what happened around the message since it was last
	// seen: what is broken if it is not there any more.
	since spec.ID
}

// lease is a claim that is alive.
type lease struct {
	id, label string
	ttl       int64
	thinned   bool // one of its messages was deleted
	unsure    bool // it may have ended with its messages (CLM-21) or its queue (QUE-40)
}

// fate is a message that is gone, and the rule that it may not come back.
type fate struct {
	id, label, how string
	rule           spec.ID
}

// queue is the state of the model. The zero value is a queue that does not exist.
type queue struct {
	exists, deleted, purged bool
	messages                []kept // in their order
	claims                  []lease
	past                    []fate
	ended                   []string // claims that were deleted
}

// divergence is a reply that the specification does not permit.
type divergence struct {
	rule             spec.ID
	symptom          Symptom
	path             string
	expected, actual string
	stranger         bool // a message that the queue never had
}

func (d *divergence) failure() Failure {
	return Failure{
		Requirement: d.rule, Symptom: d.symptom, Path: d.path,
		Expected: d.path + " = " + d.expected, Actual: d.path + " = " + d.actual,
	}
}

// steps are what the model knows of each action.
var steps = map[string]func(*queue, act, reply) *divergence{
	"queue_create": (*queue).create, "queue_delete": (*queue).remove,
	"queue_get_stats": (*queue).stats, "queue_purge": (*queue).purge,
	"message_post": (*queue).post, "message_list": (*queue).list,
	"message_get": (*queue).get, "message_get_many": (*queue).getMany,
	"message_delete": (*queue).deleteOne, "message_delete_many": (*queue).deleteMany,
	"claim_create": (*queue).lease, "claim_get": (*queue).getClaim,
	"claim_update": (*queue).renew, "claim_delete": (*queue).release,
}

// step is the queue after a request that was answered with r, and what is wrong
// with the reply; nil if it is permitted. The receiver stays as it is.
func (q *queue) step(a act, r reply) (*queue, *divergence) {
	next := &queue{
		exists: q.exists, deleted: q.deleted, purged: q.purged,
		messages: slices.Clone(q.messages), claims: slices.Clone(q.claims),
		past: slices.Clip(q.past), ended: slices.Clip(q.ended),
	}
	return next, steps[a.action](next, a, r)
}

// want judges the status.
func (r reply) want(rule spec.ID, permitted ...int) *divergence {
	if oneOf(r.status, permitted) {
		return nil
	}
	return &divergence{
		rule: rule, symptom: BadStatus + Symptom(strconv.Itoa(r.status)), path: "headers.status",
		expected: orList(permitted), actual: strconv.Itoa(r.status),
	}
}

// wrong is a divergence in a value.
func wrong(rule spec.ID, path, expected, actual string) *divergence {
	return &divergence{rule: rule, symptom: BadValue, path: path, expected: expected, actual: actual}
}

// message finds a message of the queue; -1 if it has none of that id.
func (q *queue) message(id string) int {
	return slices.IndexFunc(q.messages, func(m kept) bool { return m.id == id })
}

// leased finds a claim of the queue; -1 if none of that id is alive.
func (q *queue) leased(id string) int {
	return slices.IndexFunc(q.claims, func(l lease) bool { return l.id == id })
}

// fateOf finds what became of a message; nil if the queue never had it.
func (q *queue) fateOf(id string) *fate {
	i := slices.IndexFunc(q.past, func(f fate) bool { return f.id == id })
	if i < 0 {
		return nil
	}
	return &q.past[i]
}

// drop takes messages out of the queue, for good.
func (q *queue) drop(rule spec.ID, how string, gone func(m kept) bool) {
	for _, m := range q.messages {
		if !gone(m) {
			continue
		}
		q.past = append(q.past, fate{m.id, m.label, how, rule})
		if i := q.leased(m.claim); i >= 0 {
			q.claims[i].thinned = true
		}
	}
	q.messages = slices.DeleteFunc(q.messages, gone)
	for i, l := range q.claims {
		q.claims[i].unsure = l.unsure || len(q.held(l.id)) == 0
	}
}

// held are the messages that a claim holds.
func (q *queue) held(claim string) []kept {
	var all []kept
	for _, m := range q.messages {
		if m.claim == claim {
			all = append(all, m)
		}
	}
	return all
}

// name is what people call a message: its body.
func (q *queue) name(id string) string {
	if i := q.message(id); i >= 0 {
		return q.messages[i].label
	}
	if f := q.fateOf(id); f != nil {
		return f.label
	}
	return "an id that the queue never had"
}

// spared notes that messages had to survive what just happened.
func (q *queue) spared(rule spec.ID, by func(m kept) bool) {
	for i, m := range q.messages {
		if by(m) {
			q.messages[i].since = rule
		}
	}
}

func anyMessage(kept) bool { return true }

// nameClaim is what people call a claim.
func (q *queue) nameClaim(id string) string {
	if i := q.leased(id); i >= 0 {
		return q.claims[i].label
	}
	return "an unknown claim"
}

// names prints messages by their names.
func names(list []string) string { return "[" + strings.Join(list, ", ") + "]" }

// key tells states apart for the search of an order.
func (q *queue) key() string {
	b := make([]byte, 0, 64)
	for _, m := range q.messages {
		b = append(append(append(b, '|'), m.label...), '@')
		b = append(b, m.claim...)
	}
	for _, l := range q.claims {
		b = append(append(b, '|'), l.id...)
	}
	return string(b)
}
