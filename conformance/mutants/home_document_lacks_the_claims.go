// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var homeDocumentLacksTheClaims = Mutant{
	Name: "home-document-lacks-the-claims", Breaks: spec.HLT2,
	Does: "get_home_doc does not name the actions on claims",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		resources, _ := body["resources"].(object)
		for name := range resources {
			if strings.HasPrefix(name, "claim_") {
				delete(resources, name)
			}
		}
		return body
	}, "get_home_doc"),
}
