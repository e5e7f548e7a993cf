// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"regexp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var anyTildeIsAKey = Mutant{
	Name: "any-tilde-is-a-key", Breaks: spec.QUE47,
	Does: "queue_update takes a ~ that escapes nothing for part of a key",
	API: requesting(func(_ *wire.Request, body object) {
		patch, _ := body["patch"].([]any)
		for _, op := range patch {
			if op, is := op.(object); is {
				path, _ := op["path"].(string)
				op["path"] = looseTilde.ReplaceAllString(path, "~0$1")
			}
		}
	}, "queue_update"),
}

var looseTilde = regexp.MustCompile(`~([^01]|$)`)
