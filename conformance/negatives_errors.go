// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// explained are the cases of what a refusal says: the field, and the bound where there
// is one. The words are the server's own.
func explained(m *schema.Definition) []negative {
	var fields, bounded []place
	for _, a := range m.Actions {
		for _, w := range placesOf(m, a) {
			if len(w.steps) == 1 {
				fields = append(fields, w)
			}
			if w.shape.Kind == schema.Int && w.shape.Max != nil && !slices.Contains(w.shape.Should, "max") {
				bounded = append(bounded, w)
			}
		}
	}
	return []negative{
		{id: spec.FRM36, slug: "each-field", play: func(ctx context.Context, p *Peer) {
			b := newBench(ctx, p)
			for _, w := range slices.DeleteFunc(slices.Clone(fields), p.without) {
				_, twin := b.twin(p, w)
				bad := any(7)
				if w.shape.Kind == schema.Int {
					bad = "7"
				}
				p.Do(ctx, w.action, w.change(twin.body, bad)).WantError(400).
					Want("body.error", Matching(regexp.QuoteMeta(w.name())))
			}
		}},
		{id: spec.FRM36, slug: "each-upper-bound", play: func(ctx context.Context, p *Peer) {
			b := newBench(ctx, p)
			for _, w := range slices.DeleteFunc(slices.Clone(bounded), p.without) {
				_, twin := b.twin(p, w)
				most := bound(p)(*w.shape.Max)
				p.Do(ctx, w.action, w.change(twin.body, most+1)).WantError(400).
					Want("body.error", Matching(regexp.QuoteMeta(w.name()))).
					Want("body.error", Matching(`\b`+strconv.FormatInt(most, 10)+`\b`))
			}
		}},
	}
}

// name is the last key on the way to the place.
func (w place) name() string {
	if w.element() {
		return place{steps: w.steps[:len(w.steps)-1]}.name()
	}
	return w.steps[len(w.steps)-1]
}

// bound looks a bound up among the limits of the target.
func bound(p *Peer) func(schema.Bound) int64 {
	return func(b schema.Bound) int64 {
		if b.Limit != "" {
			return p.Limit(b.Limit)
		}
		return b.Value
	}
}
