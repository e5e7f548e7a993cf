// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var uuidNeedsHyphens = Mutant{
	Name: "uuid-needs-hyphens", Breaks: spec.FRM65,
	Does: "a Client-ID without hyphens is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		return !strings.Contains(req.Headers.ClientID, "-")
	}),
}
