// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookFloatsAreIntegers = Mutant{
	Name: "webhook-floats-are-integers", Breaks: spec.SUB61,
	Does: "floats without a fraction are posted to webhooks as integers",
	Post: postedText(func(text string) string { return strings.ReplaceAll(text, ".0", "") }),
}
