// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var halfCharactersAreStored = Mutant{
	Name: "half-characters-are-stored", Breaks: spec.MSG9,
	Does:  "message_post stores half a surrogate pair, which nobody can read again",
	Codec: undeliverable(wire.JSON, ruleSurrogate),
}
