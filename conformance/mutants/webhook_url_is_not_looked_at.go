// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookURLIsNotLookedAt = Mutant{
	Name: "webhook-url-is-not-looked-at", Breaks: spec.SUB64, Fact: "F128",
	Does:      "any text that begins with http is taken for the URL of a webhook",
	Elsewhere: unchecked(spec.SUB64),
}
