// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var letInWithAText = Mutant{
	Name: "let-in-with-a-text", Breaks: spec.AUT1,
	Does: "the body of an authenticate that lets the connection in is a text",
	API:  bodies(statusOK, func(*wire.Request, object) any { return "Authenticated." }, authenticate),
}
