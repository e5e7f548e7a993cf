// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var repeatedKeysAreStored = Mutant{
	Name: "repeated-keys-are-stored", Breaks: spec.MSG9,
	Does:  "message_post stores a map with a key that stands in it twice, which nobody can read again",
	Codec: undeliverable(wire.JSON, ruleDuplicate),
}
