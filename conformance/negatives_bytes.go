// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// notMsgPack are bytes that are no value: the one that has no meaning, and the heads
// of a string, of bytes, of a list and of a map of 4 GiB.
func notMsgPack() []string {
	return []string{"\xc1", "\xdb\xff\xff\xff\xff", "\xc6\xff\xff\xff\xff", "\xdd\xff\xff\xff\xff", "\xdf\xff\xff\xff\xff"}
}

// notText are strings of MessagePack that are not UTF-8: a byte that has no meaning, a
// character cut short, and half of a surrogate pair.
func notText() []string { return []string{"\xa1\xff", "\xd9\x02a\xc3", "\xa3\xed\xa0\x80"} }

// undecodable are the cases of bytes in the place of each value of an action that make
// the whole message one that cannot be decoded. Such a message never comes to be a
// request of the action, so one case an action suffices.
func undecodable(action string, own []place) []negative {
	inPlaces := func(id spec.ID, rule string, places []place, raws []string) negative {
		n := negative{id: id, slug: "in-the-fields-of-" + kebabOf(action), rule: onlyMsgPack}
		for _, w := range places {
			n.judges = append(n.judges, ruleName(w, rule))
		}
		n.play = func(ctx context.Context, p *Peer) {
			b := newBench(ctx, p)
			var last call
			for _, w := range slices.DeleteFunc(slices.Clone(places), p.without) {
				_, last = b.twin(p, w)
				for _, raw := range raws {
					message := spoil(p, p.Request(action, w.change(last.body, here)), raw)
					p.DoFrame(ctx, Binary, message).WantError(400)
				}
			}
			b.wantUntouched(ctx, p)
			p.Do(ctx, action, last.body).WantStatus(last.accepted...)
		}
		return n
	}
	var texts []place
	for _, w := range own {
		if w.shape.Kind == schema.String || w.shape.Kind == schema.Any {
			texts = append(texts, w)
		}
	}
	var all []negative
	if len(own) > 0 {
		all = append(all, inPlaces(spec.FRM44, "encoding", own, notMsgPack()))
	}
	if len(texts) > 0 {
		all = append(all, inPlaces(spec.FRM46, "text", texts, notText()))
	}
	return all
}

// undecodableAround are the same in the headers and in the envelope.
func undecodableAround(m *schema.Definition) []negative {
	var headers, keys, texts []Option
	for _, h := range m.Headers {
		headers = append(headers, Header(h.Name, here))
	}
	for _, f := range m.Envelope.Request {
		keys = append(keys, Key(f.Name, here))
		if f.Shape.Kind == schema.String {
			texts = append(texts, Key(f.Name, here))
		}
	}
	spoilt := func(id spec.ID, slug string, changes []Option, raws []string) negative {
		return negative{id: id, slug: slug, rule: onlyMsgPack, play: func(ctx context.Context, p *Peer) {
			queue := p.Name()
			for _, change := range changes {
				for _, raw := range raws {
					request := p.Request("queue_create", M{"queue_name": queue}, change)
					p.DoFrame(ctx, Binary, spoil(p, request, raw)).WantError(400)
				}
			}
			p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		}}
	}
	return []negative{
		spoilt(spec.FRM44, "in-the-headers", headers, notMsgPack()),
		spoilt(spec.FRM44, "in-the-envelope", keys, notMsgPack()),
		spoilt(spec.FRM46, "in-the-headers", headers, notText()),
		spoilt(spec.FRM46, "in-the-envelope", texts, notText()),
	}
}

// examples is the case of what has to be accepted: the examples of the schema, and
// each number's bounds, as far as the limits of the target let them.
func examples(m *schema.Definition, a schema.Action, own []place) []negative {
	var some []place
	for _, w := range own {
		if w.shape.Kind != schema.String && (w.shape.Min != nil || w.shape.Max != nil || len(w.examples) > 0) {
			some = append(some, w)
		}
	}
	if len(some) == 0 {
		return nil
	}
	n := negative{id: acceptance(a, some[0]), slug: "examples-and-bounds"}
	if a.Feature != "" {
		n.slug += "-of-" + kebabOf(a.Name) // one sentence may be about several of them
	}
	if a.Name == "subscription_create" {
		n.rule = n.rule.atLeast(16, "max_subscriptions_per_connection") // each makes one
	}
	n.play = func(ctx context.Context, p *Peer) {
		b, limit := newBench(ctx, p), bound(p)
		for _, w := range slices.DeleteFunc(slices.Clone(some), p.without) {
			for _, good := range w.good(limit) {
				if fits(m, w.shape, good, limit) {
					_, twin := b.twin(p, w)
					p.Do(ctx, a.Name, w.change(twin.body, good)).WantStatus(twin.accepted...)
				}
			}
		}
	}
	return []negative{n}
}

// good are the bounds of a place and the schema's examples.
func (w place) good(limit func(schema.Bound) int64) L {
	var some L
	for _, bound := range []*schema.Bound{w.shape.Min, w.shape.Max} {
		if bound != nil {
			some = append(some, limit(*bound))
		}
	}
	return also(some, valuesOf(w.examples)...)
}

// acceptance is the sentence about the response that the bench's call gets; that
// about a new queue, where the call makes one.
func acceptance(a schema.Action, w place) spec.ID {
	calls := bench{}.calls()
	status := calls[slices.IndexFunc(calls, w.standsIn)].accepted[0]
	if a.Name == "queue_create" {
		status = 201
	}
	at := slices.IndexFunc(a.Responses, func(r schema.Response) bool { return r.Status == status })
	return spec.ID(a.Responses[at].Req)
}
