// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersStay = Mutant{
	Name: "dead-letters-stay", Breaks: spec.CLM31,
	Does:  "claim_create leases a message however often it was claimed",
	Store: settling(func(_ store.Queue, set *store.Settings) { set.MaxClaims = 0 }),
}
