// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookOptionsOfAnyKind = Mutant{
	Name: "webhook-options-of-any-kind", Breaks: spec.SUB65,
	Does:  "post_headers and post_data may be of any type",
	Codec: unoptioned("SUB-65", "post_headers", "post_data"),
}
