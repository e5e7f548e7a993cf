// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// lease is claim_create.
func (q *queue) lease(a act, r reply) *divergence {
	p := q.freePage(a.limit, spec.CLM8, spec.CLM2)
	if len(q.due(p, r.messages)) == 0 && len(r.messages) == 0 {
		return r.want(spec.CLM3, 204)
	}
	leased, bad := q.judgePage(p, r.messages)
	if bad != nil {
		return bad
	}
	if bad := r.want(spec.CLM1, 201); bad != nil {
		return bad
	}
	if r.claim == "" || q.leased(r.claim) >= 0 || slices.Contains(q.ended, r.claim) {
		return wrong(spec.CLM1, "body.claim_id", "an id that no other claim has", printed(r.claim))
	}
	for _, s := range r.messages {
		if s.claim != r.claim {
			return wrong(spec.CLM1, "the claim_id of "+q.name(s.id), printed(r.claim), printed(s.claim))
		}
	}
	q.claims = append(q.claims, lease{id: r.claim, label: a.label, ttl: a.ttl})
	for _, m := range leased {
		i := q.message(m.id)
		q.messages[i].claim, q.messages[i].unsure, q.messages[i].since = r.claim, false, ""
	}
	return nil
}

func (q *queue) getClaim(a act, r reply) *divergence {
	i := q.leased(a.claim)
	switch {
	case i < 0 && slices.Contains(q.ended, a.claim):
		return r.want(spec.CLM29, 404)
	case i < 0:
		return r.want(spec.CLM18, 404)
	case q.claims[i].unsure && r.status == 404:
		q.forget(i)
		return nil
	case q.claims[i].thinned:
		if bad := r.want(spec.CLM20, 200); bad != nil {
			return bad
		}
	default:
		if bad := r.want(spec.CLM17, 200); bad != nil {
			return bad
		}
	}
	l := q.claims[i]
	if bad := q.judgeHeld(l, r.messages); bad != nil {
		return bad
	}
	if r.ttl != l.ttl {
		return wrong(spec.CLM22, "body.ttl", number(l.ttl), number(r.ttl))
	}
	if r.age < 0 || r.age >= l.ttl {
		return wrong(spec.CLM17, "body.age", fmt.Sprintf("from 0 to %d", l.ttl), number(r.age))
	}
	q.confirm(r.messages)
	return nil
}

// judgeHeld judges the messages that claim_get shows, in whatever order: more of them can
// be there than the model is sure of.
func (q *queue) judgeHeld(l lease, got []shown) *divergence {
	var due []kept
	for _, m := range q.held(l.id) {
		if !m.unsure || slices.ContainsFunc(got, func(s shown) bool { return s.id == m.id }) {
			due = append(due, m)
		}
	}
	for n, s := range got {
		i, f := q.message(s.id), q.fateOf(s.id)
		switch {
		case f != nil && f.rule == spec.MSG42:
			return q.pageDiffers(spec.CLM20, BadValue, due, got, f.label+" "+f.how)
		case f != nil:
			return q.pageDiffers(f.rule, BadValue, due, got, f.label+" "+f.how)
		case i >= 0 && q.messages[i].claim != "" && q.messages[i].claim != l.id:
			return q.pageDiffers(spec.CLM8, BadValue, due, got,
				q.messages[i].label+" is held by claim "+q.nameClaim(q.messages[i].claim))
		case i < 0 || q.messages[i].claim == "":
			return q.pageDiffers(spec.CLM17, BadValue, due, got, q.name(s.id)+" is not held by the claim")
		case s.claim != l.id:
			return wrong(spec.CLM17, "the claim_id of "+q.name(s.id), printed(l.id), printed(s.claim))
		case slices.ContainsFunc(got[:n], func(o shown) bool { return o.id == s.id }):
			return q.pageDiffers(spec.CLM17, BadValue, due, got, q.name(s.id)+" comes twice")
		}
	}
	for _, m := range due {
		if slices.ContainsFunc(got, func(s shown) bool { return s.id == m.id }) {
			continue
		}
		rule := spec.CLM17
		if l.thinned {
			rule = spec.CLM20
		}
		return q.pageDiffers(cmp.Or(m.since, rule), BadValue, due, got, m.label+" is missing")
	}
	return q.bodies(got)
}

// forget ends a claim that holds nothing, or what may be gone.
func (q *queue) forget(i int) {
	id := q.claims[i].id
	q.drop(spec.QUE35, "was purged", func(m kept) bool { return m.claim == id })
	q.claims = slices.Delete(q.claims, i, i+1)
}

func (q *queue) renew(a act, r reply) *divergence {
	i := q.leased(a.claim)
	switch {
	case i < 0:
		return r.want(spec.CLM26, 404)
	case q.claims[i].unsure && r.status == 404:
		q.forget(i)
		return nil
	}
	q.claims[i].ttl = a.ttl
	return r.want(spec.CLM22, 204)
}

func (q *queue) release(a act, r reply) *divergence {
	if bad := r.want(spec.CLM28, 204); bad != nil {
		return bad
	}
	i := q.leased(a.claim)
	if i < 0 {
		return nil
	}
	for n, m := range q.messages {
		if m.claim == a.claim {
			q.messages[n].claim, q.messages[n].freed, q.messages[n].since = "", true, spec.CLM29
		}
	}
	q.claims = slices.Delete(q.claims, i, i+1)
	q.ended = append(q.ended, a.claim)
	return nil
}
