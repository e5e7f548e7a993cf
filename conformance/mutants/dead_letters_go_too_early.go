// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersGoTooEarly = Mutant{
	Name: "dead-letters-go-too-early", Breaks: spec.CLM32,
	Does:  "claim_create moves a message one claim too early",
	Store: settling(func(_ store.Queue, set *store.Settings) { set.MaxClaims = max(set.MaxClaims-1, min(set.MaxClaims, 1)) }),
}
