// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var floatsThatAreNoNumbersAreStored = Mutant{
	Name: "floats-that-are-no-numbers-are-stored", Breaks: spec.MSG9, Fact: "F030",
	Does:  "message_post stores NaN and infinity, which no text reader can be given",
	Codec: undeliverable(wire.MsgPack, ruleFinite),
}
