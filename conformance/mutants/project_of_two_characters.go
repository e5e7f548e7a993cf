// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectOfTwoCharacters = Mutant{
	Name: "project-of-two-characters", Breaks: spec.FRM68,
	Does:  "an X-Project-ID of one character is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool { return len(req.Headers.ProjectID) == 1 }),
}
