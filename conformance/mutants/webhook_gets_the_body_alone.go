// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookGetsTheBodyAlone = Mutant{
	Name: "webhook-gets-the-body-alone", Breaks: spec.SUB61,
	Does: "a webhook is posted the body of a message, without its queue",
	Post: postedText(func(text string) string {
		if at := strings.Index(text, `"body":`); at > 0 && !strings.Contains(text, "Confirmation") {
			return "{" + text[at:]
		}
		return text
	}),
}
