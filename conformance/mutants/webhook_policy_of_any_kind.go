// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookPolicyOfAnyKind = Mutant{
	Name: "webhook-policy-of-any-kind", Breaks: spec.SUB76,
	Does:  "a _retry_policy of a subscription may be anything",
	Codec: unoptioned("SUB-76", "_retry_policy"),
}
