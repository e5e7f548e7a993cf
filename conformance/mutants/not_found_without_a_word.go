// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notFoundWithoutAWord = Mutant{
	Name: "not-found-without-a-word", Breaks: spec.FRM35,
	Does: "the body of a reply with status 404 has its text in the key message",
	API:  bodies(statusNotFound, func(_ *wire.Request, body object) any { return object{"message": body["error"]} }),
}
