// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delaysEndEarly = Mutant{
	Name: "delays-end-early", Breaks: spec.MSG61,
	Does:  "a message is delayed for half the time",
	Store: chain(settling(func(_ store.Queue, set *store.Settings) { set.Delay /= 2 }), delaying(scaled(0.5))),
}

// scaled is a delay that lasts another time.
func scaled(by float64) func(*time.Duration) *time.Duration {
	return func(delay *time.Duration) *time.Duration {
		if delay == nil {
			return nil
		}
		other := time.Duration(float64(*delay) * by)
		return &other
	}
}
