// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookHeadersAreNotLookedAt = Mutant{
	Name: "webhook-headers-are-not-looked-at", Breaks: spec.SUB65, Fact: "F192",
	Does:      "any post_headers are taken",
	Elsewhere: unchecked(spec.SUB65),
}
