// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookTemplateIsIgnored = Mutant{
	Name: "webhook-template-is-ignored", Breaks: spec.SUB63,
	Does: "the post_data of a subscription is not looked at",
	API:  optionsAs(func(options object) { delete(options, "post_data") }),
}
