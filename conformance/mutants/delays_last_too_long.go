// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delaysLastTooLong = Mutant{
	Name: "delays-last-too-long", Breaks: spec.MSG62,
	Does:  "a message is delayed for twice the time",
	Store: chain(settling(func(_ store.Queue, set *store.Settings) { set.Delay *= 2 }), delaying(scaled(2))),
}
