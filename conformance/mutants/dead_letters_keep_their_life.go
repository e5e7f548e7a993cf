// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersKeepTheirLife = Mutant{
	Name: "dead-letters-keep-their-life", Breaks: spec.CLM35,
	Does:  "a message that is moved ends when it would have",
	Store: settling(func(_ store.Queue, set *store.Settings) { set.DeadTTL = 0 }),
}
