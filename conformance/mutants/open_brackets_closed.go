// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var openBracketsClosed = Mutant{
	Name: "open-brackets-closed", Breaks: spec.FRM43,
	Does:  "a text message whose last bracket is missing is read as if it were there",
	Codec: repairing(wire.JSON, func(frame []byte) []byte { return append(frame, '}') }),
}
