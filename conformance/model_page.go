// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// page is what a reply with messages has to be: those that nothing bars, in the
// order of the queue, up to a limit.
type page struct {
	limit int
	// bars says which rule keeps a message out of the reply, and why; "" if none.
	bars func(i int, m kept) (rule spec.ID, why string)
	// order, surplus and missing are the rules of what the reply does wrong with
	// messages that belong into it.
	order, surplus spec.ID
	missing        func(m kept) spec.ID
}

// due are the messages that the page has to hold. One that may be gone is due
// only if it was shown.
func (q *queue) due(p page, got []shown) []kept {
	var due []kept
	for i, m := range q.messages {
		rule, _ := p.bars(i, m)
		seen := slices.ContainsFunc(got, func(s shown) bool { return s.id == m.id })
		if rule == "" && (seen || !m.unsure) {
			due = append(due, m)
		}
	}
	return due[:min(p.limit, len(due))]
}

// judgePage holds the messages of a reply to the page, and returns those due.
func (q *queue) judgePage(p page, got []shown) ([]kept, *divergence) {
	due := q.due(p, got)
	bad := q.intruder(p, due, got)
	if bad == nil {
		bad = q.disorder(p, due, got)
	}
	if bad == nil {
		bad = q.bodies(got)
	}
	return due, bad
}

// pageDiffers is a page that is not as it has to be, for the reason given.
func (q *queue) pageDiffers(rule spec.ID, symptom Symptom, due []kept, got []shown, why string) *divergence {
	want, have := make([]string, len(due)), make([]string, len(got))
	for i, m := range due {
		want[i] = m.label
	}
	for i, s := range got {
		have[i] = q.name(s.id)
	}
	return &divergence{
		rule: rule, symptom: symptom, path: "body.messages",
		expected: names(want), actual: names(have) + "  (" + why + ")",
	}
}

// intruder finds a message that must not be in the reply.
func (q *queue) intruder(p page, due []kept, got []shown) *divergence {
	for n, s := range got {
		i := q.message(s.id)
		f := q.fateOf(s.id)
		switch {
		case i < 0 && f != nil:
			return q.pageDiffers(f.rule, BadValue, due, got, f.label+" "+f.how)
		case i < 0:
			bad := q.pageDiffers(p.order, BadValue, due, got, "nobody posted "+s.id)
			bad.stranger = true
			return bad
		case slices.ContainsFunc(got[:n], func(o shown) bool { return o.id == s.id }):
			return q.pageDiffers(p.order, BadValue, due, got, q.messages[i].label+" comes twice")
		}
		if rule, why := p.bars(i, q.messages[i]); rule != "" {
			return q.pageDiffers(rule, BadValue, due, got, q.messages[i].label+" "+why)
		}
	}
	if len(got) > p.limit {
		return q.pageDiffers(p.surplus, BadValue, due, got, fmt.Sprintf("the limit is %d", p.limit))
	}
	return nil
}

// disorder finds a message at a wrong place, or one that is left out.
func (q *queue) disorder(p page, due []kept, got []shown) *divergence {
	for n := 1; n < len(got); n++ {
		a, b := q.messages[q.message(got[n-1].id)], q.messages[q.message(got[n].id)]
		if q.message(a.id) < q.message(b.id) {
			continue
		}
		rule := p.order
		if a.freed || b.freed {
			rule = spec.CLM16
		}
		return q.pageDiffers(rule, BadOrder, due, got, b.label+" was posted before "+a.label)
	}
	for _, m := range due {
		if slices.ContainsFunc(got, func(s shown) bool { return s.id == m.id }) {
			continue
		}
		return q.pageDiffers(cmp.Or(m.since, p.missing(m)), BadValue, due, got, m.label+" is missing")
	}
	return nil
}

// bodies judges that messages have the bodies that were posted.
func (q *queue) bodies(got []shown) *divergence {
	for _, s := range got {
		if i := q.message(s.id); i >= 0 && s.body != q.messages[i].label {
			return wrong(spec.MSG10, "the body of "+q.messages[i].label, printed(q.messages[i].label), s.body)
		}
	}
	return nil
}

// freePage is the page of what no claim holds.
func (q *queue) freePage(limit int, barred, order spec.ID) page {
	return page{
		limit: limit, order: order, surplus: order, missing: func(kept) spec.ID { return order },
		bars: func(_ int, m kept) (spec.ID, string) {
			if m.claim != "" {
				return barred, "is held by claim " + q.nameClaim(m.claim)
			}
			return "", ""
		},
	}
}

// listPage is the page that a message_list asks for.
func (q *queue) listPage(a act) page {
	marker, hidden := q.message(a.marker), 0
	return page{
		limit: a.limit, order: spec.MSG23, surplus: spec.MSG25,
		bars: func(i int, m kept) (spec.ID, string) {
			switch {
			case i <= marker:
				return spec.MSG31, "is not behind the marker, " + q.messages[marker].label
			case m.client == a.client && !a.echo:
				hidden++
				return spec.MSG27, "was posted by the client itself"
			case m.claim != "" && !a.claimed:
				hidden++
				return spec.MSG28, "is held by claim " + q.nameClaim(m.claim)
			}
			return "", ""
		},
		missing: func(m kept) spec.ID {
			switch {
			case m.claim != "":
				return spec.MSG29
			case hidden > 0 && q.message(m.id)-marker > a.limit:
				return spec.MSG30 // it is there, but behind as many as the limit
			default:
				return spec.MSG22
			}
		},
	}
}
