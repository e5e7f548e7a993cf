// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var textsEndAtNul = Mutant{
	Name: "texts-end-at-nul", Breaks: spec.MSG10,
	Does: "a text in a body is cut at its first character 0",
	Store: storing(func(v any) any {
		if text, is := v.(string); is {
			text, _, _ = strings.Cut(text, "\x00")
			return text
		}
		return v
	}),
}
