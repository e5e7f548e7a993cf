// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var controlCharactersOfATokenBreak = Mutant{
	Name: "control-characters-of-a-token-break", Breaks: spec.AUT14,
	Does: "an authenticate whose token holds control characters is answered with status 500",
	API: refusing(statusInternal, func(req *wire.Request, _ object) bool {
		return strings.ContainsAny(req.Headers.AuthToken, "\x00\r\n")
	}, authenticate),
}
