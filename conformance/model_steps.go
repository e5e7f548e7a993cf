// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/zaqarwire/zaqarwire/spec"
)

func (q *queue) create(_ act, r reply) *divergence {
	rule, status := spec.QUE5, 201
	switch {
	case q.exists && q.purged:
		rule, status = spec.QUE39, 204
	case q.exists:
		rule, status = spec.QUE6, 204
	case q.deleted:
		rule = spec.QUE27
	}
	q.exists = true
	q.spared(spec.QUE6, anyMessage)
	return r.want(rule, status)
}

func (q *queue) remove(_ act, r reply) *divergence {
	q.drop(spec.QUE27, "ended with its queue", anyMessage)
	q.exists, q.purged, q.deleted = false, false, true
	return r.want(spec.QUE26, 204)
}

func (q *queue) purge(a act, r reply) *divergence {
	if bad := r.want(spec.QUE34, 204); bad != nil {
		return bad
	}
	q.purged = true
	if a.spares {
		q.spared(spec.QUE37, anyMessage)
		return nil
	}
	q.drop(spec.QUE35, "was purged", func(m kept) bool { return m.claim == "" })
	for i := range q.messages {
		q.messages[i].unsure = true
	}
	for i := range q.claims {
		q.claims[i].unsure = true // it may have lost its last message
	}
	return nil
}

func (q *queue) stats(_ act, r reply) *divergence {
	if !q.exists {
		return r.want(spec.QUE32, 404)
	}
	if bad := r.want(spec.QUE28, 200); bad != nil {
		return bad
	}
	var free, claimed, unsureFree, unsureClaimed int64
	for _, m := range q.messages {
		switch {
		case m.claim == "" && m.unsure:
			unsureFree++
		case m.claim == "":
			free++
		case m.unsure:
			unsureClaimed++
		default:
			claimed++
		}
	}
	for _, n := range []struct {
		what             string
		got, least, more int64
		rule             spec.ID
	}{
		{"claimed", r.claimed, claimed, unsureClaimed, spec.QUE29},
		{"free", r.free, free, unsureFree, spec.QUE29},
		{"total", r.total, r.free + r.claimed, 0, spec.QUE28},
	} {
		if n.got < n.least || n.got > n.least+n.more {
			return wrong(n.rule, "body.messages."+n.what, number(n.least), number(n.got))
		}
	}
	return nil
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func (q *queue) post(a act, r reply) *divergence {
	if bad := r.want(spec.MSG1, 201); bad != nil {
		return bad
	}
	q.exists = true // MSG-2
	if len(r.ids) != len(a.bodies) {
		return wrong(spec.MSG1, "body.message_ids", fmt.Sprintf("a list of %d", len(a.bodies)), fmt.Sprintf("a list of %d", len(r.ids)))
	}
	for i, id := range r.ids {
		if q.message(id) >= 0 || q.fateOf(id) != nil {
			return wrong(spec.MSG1, "body.message_ids", "ids that no other message has", "the id of "+q.name(id)+" again")
		}
		q.messages = append(q.messages, kept{id: id, label: a.bodies[i], client: a.client})
	}
	return nil
}

func (q *queue) list(a act, r reply) *divergence {
	if !q.exists {
		return r.want(spec.MSG24, 404)
	}
	if bad := r.want(spec.MSG23, 200); bad != nil {
		return bad
	}
	_, bad := q.judgePage(q.listPage(a), r.messages)
	q.confirm(r.messages)
	return bad
}

// confirm notes that messages are still there.
func (q *queue) confirm(got []shown) {
	for _, s := range got {
		if i := q.message(s.id); i >= 0 {
			q.messages[i].unsure, q.messages[i].since = false, ""
		}
	}
}

func (q *queue) get(a act, r reply) *divergence {
	i, f := q.message(a.ids[0]), q.fateOf(a.ids[0])
	switch {
	case i >= 0 && q.messages[i].unsure && r.status == 404:
		q.drop(spec.QUE35, "was purged", func(m kept) bool { return m.id == a.ids[0] })
		return nil
	case i >= 0:
		return q.judgeGot(r, q.messages[i].lost(), a.ids[0])
	case f != nil && r.status == 200:
		bad := r.want(f.rule, 404)
		bad.actual += "  (" + f.label + " " + f.how + ")"
		return bad
	default:
		return r.want(spec.MSG35, 404)
	}
}

// lost is the rule that is broken when a message cannot be got.
func (m kept) lost() spec.ID {
	if m.claim != "" {
		return cmp.Or(m.since, spec.CLM9)
	}
	return cmp.Or(m.since, spec.MSG22)
}

// judgeGot judges the reply to message_get of a message that is there.
func (q *queue) judgeGot(r reply, rule spec.ID, id string) *divergence {
	if bad := r.want(rule, 200); bad != nil {
		bad.actual += "  (" + q.name(id) + " is there)"
		return bad
	}
	if len(r.messages) != 1 || r.messages[0].id != id {
		return wrong(spec.MSG34, "body.messages", q.name(id), "another message")
	}
	q.confirm(r.messages)
	return q.bodies(r.messages)
}

func (q *queue) getMany(a act, r reply) *divergence {
	if bad := r.want(spec.MSG36, 200); bad != nil {
		return bad
	}
	var due []kept
	for _, id := range a.ids {
		i := q.message(id)
		seen := slices.ContainsFunc(r.messages, func(s shown) bool { return s.id == id })
		if i >= 0 && (seen || !q.messages[i].unsure) {
			due = append(due, q.messages[i])
		}
	}
	symptom, why := BadValue, "one comes twice"
	for _, s := range r.messages {
		f := q.fateOf(s.id)
		switch {
		case f != nil:
			return q.pageDiffers(f.rule, BadValue, due, r.messages, f.label+" "+f.how)
		case !slices.Contains(a.ids, s.id):
			return q.pageDiffers(spec.MSG36, BadValue, due, r.messages, "not asked for")
		}
	}
	for _, m := range due {
		if slices.ContainsFunc(r.messages, func(s shown) bool { return s.id == m.id }) {
			continue
		}
		return q.pageDiffers(m.lost(), BadValue, due, r.messages, m.label+" is missing")
	}
	if len(due) == len(r.messages) {
		symptom, why = BadOrder, "in another order than asked for"
	}
	if !slices.EqualFunc(due, r.messages, func(m kept, s shown) bool { return m.id == s.id }) {
		return q.pageDiffers(spec.MSG36, symptom, due, r.messages, why)
	}
	q.confirm(r.messages)
	return q.bodies(r.messages)
}

func (q *queue) deleteOne(a act, r reply) *divergence {
	i := q.message(a.ids[0])
	var bad *divergence
	switch {
	case i < 0 && a.claim == "":
		return r.want(spec.MSG41, 204)
	case i < 0 || q.messages[i].unsure: // MSG-41 or MSG-45, whichever the server looks at first
		bad = r.want(spec.MSG41, 204, 400, 403)
	case a.claim == "" && q.messages[i].claim == "":
		bad = r.want(spec.MSG41, 204)
	case a.claim == "":
		bad = r.want(spec.MSG43, 403)
	case a.claim == q.messages[i].claim:
		bad = r.want(spec.MSG44, 204)
	default:
		bad = r.want(spec.MSG45, 400, 403)
	}
	this := func(m kept) bool { return m.id == a.ids[0] }
	switch {
	case bad == nil && r.status == 204:
		q.drop(spec.MSG42, "was deleted", this)
	case a.claim == "":
		q.spared(spec.MSG43, this)
	default:
		q.spared(spec.MSG45, this)
	}
	return bad
}

func (q *queue) deleteMany(a act, r reply) *divergence {
	if a.limit > 0 {
		return q.pop(a, r)
	}
	named := func(m kept) bool { return slices.Contains(a.ids, m.id) }
	held, unsure := false, false
	for _, m := range q.messages {
		held = held || named(m) && m.claim != ""
		unsure = unsure || named(m) && m.unsure
	}
	var bad *divergence
	switch {
	case a.claims != nil || unsure: // MSG-51 is a SHOULD
		bad = r.want(spec.MSG50, 204, 400, 403)
	case held:
		bad = r.want(spec.MSG50, 403)
	default:
		bad = r.want(spec.MSG49, 204)
	}
	if bad == nil && r.status == 204 {
		q.drop(spec.MSG42, "was deleted", named)
	} else {
		q.spared(spec.MSG50, named)
	}
	return bad
}

func (q *queue) pop(a act, r reply) *divergence {
	if bad := r.want(spec.MSG52, 200); bad != nil {
		return bad
	}
	taken, bad := q.judgePage(q.freePage(a.limit, spec.MSG52, spec.MSG52), r.messages)
	q.drop(spec.MSG52, "was popped", func(m kept) bool {
		return slices.ContainsFunc(taken, func(t kept) bool { return t.id == m.id })
	})
	return bad
}
