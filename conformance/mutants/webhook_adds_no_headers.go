// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookAddsNoHeaders = Mutant{
	Name: "webhook-adds-no-headers", Breaks: spec.SUB62,
	Does: "the post_headers of a subscription are not sent",
	API:  optionsAs(func(options object) { delete(options, "post_headers") }),
}
