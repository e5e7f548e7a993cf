// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"math"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var wholeFloatsBecomeIntegers = Mutant{
	Name: "whole-floats-become-integers", Breaks: spec.MSG10,
	Does: "a float in a body that is a whole number comes back as an integer",
	Store: storing(func(v any) any {
		if f, is := v.(float64); is && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f)
		}
		return v
	}),
}

// storing changes the body of each message before it is stored: every value in it.
func storing(change func(v any) any) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return changing{next, change} }
}

type changing struct {
	store.Data

	change func(v any) any
}

func (s changing) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]string, error) {
	all := slices.Clone(p.Messages)
	for i := range all {
		all[i].Body = rawOf(each(valueOf(wire.Raw(all[i].Body)), s.change))
	}
	p.Messages = all
	return s.Data.PostMessages(ctx, q, p)
}

// each changes a value and all that is in it.
func each(v any, change func(v any) any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = each(v[i], change)
		}
	case object:
		for k := range v {
			v[k] = each(v[k], change)
		}
	}
	return change(v)
}
