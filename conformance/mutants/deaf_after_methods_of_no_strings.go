// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterMethodsOfNoStrings = Mutant{
	Name: "deaf-after-methods-of-no-strings", Breaks: spec.FRM25, Fact: "F212,F256",
	Does: "a signed request without URL-Methods, or whose lists hold anything but strings, is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		headers, _ := valueOf(asked(f, frame).Headers).(object)
		_, methods := headers["URL-Methods"]
		_, paths := headers["URL-Paths"]
		return (methods || paths) && (!ofStrings(headers["URL-Methods"]) || !ofStrings(headers["URL-Paths"]))
	}),
}

// ofStrings says whether a header is a string or a list of strings.
func ofStrings(header any) bool {
	if _, text := header.(string); text {
		return true
	}
	list, is := header.([]any)
	return is && !slices.ContainsFunc(list, func(e any) bool { _, text := e.(string); return !text })
}
