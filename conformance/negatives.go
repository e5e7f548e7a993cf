// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// negatives registers the cases of a chapter that follow from the schema: for each
// place of a request that it rules, values that break one rule are put in the place
// of a good one. Each is refused, nothing is changed, and the good one is accepted
// afterwards. A rule that a chapter judges by hand has no case here;
// TestEveryRuleOfTheSchemaIsJudged lists them.
func negatives(s *suite, chapter string) {
	for _, n := range negativesOf(schema.Model()) {
		if r, known := spec.Get(n.id); !known || r.Chapter == chapter {
			if n.rule.Formats == nil {
				n.rule.Formats = Formats() // each is about one request: nothing to mix
			}
			s.checkWith(n.id, n.slug, n.rule, n.play)
		}
	}
}

// negative is one case made from the schema.
type negative struct {
	id   spec.ID
	slug string
	rule Rule
	play func(ctx context.Context, p *Peer)
	// judges names the rules of the schema that the case judges, as ruleName does.
	judges []string
}

// ruleName names a rule about a place, for example "message_list limit: type".
func ruleName(w place, rule string) string { return w.String() + ": " + rule }

// negativesOf makes the cases, in the order of the schema.
func negativesOf(m *schema.Definition) []negative {
	var all []negative
	for _, a := range m.Actions {
		own := placesOf(m, a)
		some := absences(a.Name, own)
		some = slices.Concat(some, undecodable(a.Name, own), examples(m, a, own))
		all = append(all, needing(a.Name, needsOf(a.Name), some)...)
		for _, w := range own {
			some = slices.Concat(otherTypes(w), badNames(w), badElements(w), badParts(w), bytesWithin(w), tooManyClaims(w))
			all = append(all, needing(a.Name, w.needs, some)...)
		}
	}
	return slices.Concat(all, undecodableAround(m), explained(m))
}

// needing are cases of an action, about what a target may lack.
func needing(action string, needs []string, cases []negative) []negative {
	for i := range cases {
		cases[i].rule.Needs, cases[i].rule.As = needs, ruleOf(action).As
	}
	return cases
}

// absences is the case of the required fields of an action.
func absences(action string, own []place) []negative {
	n := negative{id: spec.FRM56, slug: kebabOf(action)}
	var required []place
	for _, w := range own {
		if w.required && len(w.steps) == 1 {
			required = append(required, w)
			n.judges = append(n.judges, ruleName(w, "required"))
		}
	}
	if len(required) == 0 {
		return nil
	}
	n.play = func(ctx context.Context, p *Peer) {
		refusedOn(ctx, p, required, func(w place, twin call, refused refusal) {
			refused(lacking(twin.body, w.steps[0]))
		})
	}
	return []negative{n}
}

// otherTypes is the case of a field's type. One sentence holds for all of them;
// metadata has sentences of its own, QUE-7 and QUE-8.
func otherTypes(w place) []negative {
	if len(w.steps) != 1 || w.steps[0] == "metadata" {
		return nil
	}
	return []negative{{
		id: spec.FRM57, slug: w.slug(), judges: []string{ruleName(w, "type"), ruleName(w, "null")},
		play: func(ctx context.Context, p *Peer) {
			refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
				good := w.in(twin.body)
				bad := append(also(otherKinds(good), w.invalid(w.otherType)...), onlyIn(p, MsgPack, bytesLike(good)...)...)
				for _, bad := range bad {
					refused(w.change(twin.body, bad))
				}
			})
		},
	}}
}

// badNames is the case of a queue's name that no queue can have, under an action
// that may take it for one that is not there.
func badNames(w place) []negative {
	if spec.ID(w.shape.Req) != spec.QUE3 {
		return nil
	}
	return []negative{{
		id: spec.QUE3, slug: kebabOf(w.action),
		judges: []string{ruleName(w, "min_len"), ruleName(w, "max_len"), ruleName(w, "pattern")},
		play: func(ctx context.Context, p *Peer) {
			refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
				name, _ := w.in(twin.body).(string)
				for _, bad := range []string{"", name + " ", name + "/", name + "é", name + "\n", name + tooLong(p, name)} {
					refused(w.change(twin.body, bad))
				}
			})
		},
	}}
}

// badElements is the case of what a list holds, where a sentence speaks of it:
// alone and behind a good one.
func badElements(w place) []negative {
	if !w.element() || !slices.Contains([]spec.ID{spec.QUE38, spec.MSG55, spec.AUT68, spec.POL23}, spec.ID(w.shape.Req)) {
		return nil
	}
	return []negative{{
		id: spec.ID(w.shape.Req), slug: w.slug(),
		judges: []string{ruleName(w, "type"), ruleName(w, "null"), ruleName(w, "enum")},
		play: func(ctx context.Context, p *Peer) {
			refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
				for _, bad := range also(otherKinds(w.in(twin.body)), w.invalid(w.broken)...) {
					refused(w.change(twin.body, bad))
					refused(w.beside(twin.body, bad))
				}
			})
		},
	}}
}

// badParts is the case of a part of a field that one sentence holds for all of them. A
// key of metadata or options may be without a value in more ways than null (QUE-41, SUB-76).
func badParts(w place) []negative {
	id := spec.ID(w.shape.Req)
	if len(w.steps) == 1 || w.shape.Kind == schema.Any ||
		!slices.Contains([]spec.ID{spec.QUE41, spec.QUE47, spec.SUB65, spec.SUB76}, id) {
		return nil
	}
	n := negative{id: id, slug: w.slug(), judges: []string{ruleName(w, "type"), ruleName(w, "enum")}}
	if id == spec.QUE47 {
		n.judges = append(n.judges, ruleName(w, "null"))
	}
	if !slices.Contains(w.shape.Should, "min") {
		n.judges = append(n.judges, ruleName(w, "min"), ruleName(w, "max"))
	}
	broken := w.otherType
	if w.shape.Enum != nil {
		broken = w.broken
	}
	n.play = func(ctx context.Context, p *Peer) {
		refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
			for _, bad := range also(otherKinds(w.in(twin.body)), append(w.outside(bound(p)), w.invalid(broken)...)...) {
				if id == spec.QUE47 || !w.lax(bad) {
					refused(w.change(twin.body, bad))
				}
			}
		})
	}
	return []negative{n}
}

// tooManyClaims is the case of the longest list of claims.
func tooManyClaims(w place) []negative {
	b := w.shape.MaxItems
	if b == nil || spec.ID(b.Req) != spec.MSG55 {
		return nil
	}
	return []negative{{
		id: spec.MSG55, slug: "too-many-claims", judges: []string{ruleName(w, "max_items")},
		play: func(ctx context.Context, p *Peer) {
			refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
				list, _ := w.in(twin.body).(L)
				claims := slices.Clone(list)
				for int64(len(claims)) <= p.Limit(b.Limit) {
					claims = append(claims, p.NewClient())
				}
				refused(w.change(twin.body, claims))
			})
		},
	}}
}

// bytesWithin is the case of MessagePack's bytes and extensions deeper in a request,
// which are a value of no type. Where the sentence about the place lists what it
// refuses, and bytes are not among it, only FRM-50 speaks of them.
func bytesWithin(w place) []negative {
	if len(w.steps) == 1 && w.steps[0] != "metadata" || w.shape.Kind == schema.Any {
		return nil
	}
	id, slug := spec.ID(w.shape.Req), "bytes-and-extensions"
	if id != spec.MSG5 && id != spec.MSG7 {
		id, slug = spec.FRM50, w.slug()
	}
	return []negative{{
		id: id, slug: slug, rule: onlyMsgPack, judges: []string{ruleName(w, "bytes")},
		play: func(ctx context.Context, p *Peer) {
			refusedOn(ctx, p, []place{w}, func(w place, twin call, refused refusal) {
				good := w.in(twin.body)
				for _, bad := range append(bytesLike(good), Bin(asciiOf(good))) {
					refused(w.change(twin.body, bad))
				}
			})
		},
	}}
}

// refusal sends a request with a changed body, to be refused.
type refusal func(body M)

// refusedOn makes a bench, lets send change the twin of each place, and judges that
// all of it was refused and changed nothing, and that the twins are accepted.
func refusedOn(ctx context.Context, p *Peer, places []place, send func(w place, twin call, refused refusal)) {
	b := newBench(ctx, p)
	twins := map[int]call{}
	for _, w := range places {
		if p.without(w) {
			continue
		}
		i, twin := b.twin(p, w)
		if _, known := twins[i]; !known {
			twins[i] = twin
		}
		send(w, twins[i], func(body M) {
			unechoed(ctx, p, p.Request(w.action, body)).WantError(400)
		})
	}
	b.wantUntouched(ctx, p)
	for i := range b.calls() {
		if twin, used := twins[i]; used {
			p.Do(ctx, twin.action, twin.body).WantStatus(twin.accepted...)
		}
	}
}

// twin is the bench's call with every field of the place's action, and its number.
func (b bench) twin(p *Peer, w place) (int, call) {
	i := slices.IndexFunc(b.calls(), w.standsIn)
	return i, b.calls()[i].afresh(p)
}

// standsIn says whether a call has the place.
func (w place) standsIn(c call) bool {
	_, has := c.body[w.steps[0]]
	return c.action == w.action && has
}

// afresh is a call that makes a queue or a pool of a new name, so that it shows that
// none was made before; other calls are as they are.
func (c call) afresh(p *Peer) call {
	switch c.action {
	case "queue_create", "subscription_create":
		c.body, c.accepted = setting(c.body, "queue_name", p.Name()), []int{201}
	case "pool_create":
		name := p.scene.fresh()
		c.body = setting(setting(c.body, "pool_name", name), "uri", p.poolURI(name))
	}
	return c
}

// kebabOf is a name of the schema as part of a case id.
func kebabOf(name string) string { return strings.Trim(strings.ReplaceAll(name, "_", "-"), "-") }
