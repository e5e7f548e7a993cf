// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectOfPlainCharacters = Mutant{
	Name: "project-of-plain-characters", Breaks: spec.FRM68,
	Does: "an X-Project-ID is refused unless it is of ASCII letters, digits, hyphens, underscores and é",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		known := func(c rune) rune {
			if c == '-' || c == '_' || c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)) || c == 'é' {
				return c
			}
			return -1
		}
		return strings.Map(known, req.Headers.ProjectID) != req.Headers.ProjectID
	}),
}
