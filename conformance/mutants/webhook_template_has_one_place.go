// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookTemplateHasOnePlace = Mutant{
	Name: "webhook-template-has-one-place", Breaks: spec.SUB63,
	Does: "the message takes the first of its places in post_data only",
	API: optionsAs(func(options object) {
		const place = `"$zaqar_message$"`
		template, _ := options["post_data"].(string)
		if before, after, found := strings.Cut(template, place); found {
			options["post_data"] = before + place + strings.ReplaceAll(after, place, `"$message$"`)
		}
	}),
}
