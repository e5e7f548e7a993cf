// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookHeaderEndsAtALineBreak = Mutant{
	Name: "webhook-header-ends-at-a-line-break", Breaks: spec.SUB68,
	Does:      "a line break in the value of a header begins the next header",
	Elsewhere: unchecked(spec.SUB65),
	API: optionsAs(func(options object) {
		headers, _ := options["post_headers"].(object)
		for name, value := range maps.Clone(headers) {
			text, _ := value.(string)
			for line := range strings.Lines(name + ": " + text) {
				if key, value, found := strings.Cut(strings.TrimSpace(line), ": "); found {
					headers[key] = value
				}
			}
			if strings.ContainsAny(name+text, "\r\n") {
				delete(headers, name)
			}
		}
	}),
}
