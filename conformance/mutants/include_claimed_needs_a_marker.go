// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var includeClaimedNeedsAMarker = Mutant{
	Name: "include-claimed-needs-a-marker", Breaks: spec.MSG29, Fact: "F296",
	Does: "message_list with include_claimed and no marker answers with status 500",
	API: refusing(statusInternal, func(_ *wire.Request, body object) bool {
		_, marked := body["marker"]
		return body["include_claimed"] == true && !marked
	}, "message_list"),
}
