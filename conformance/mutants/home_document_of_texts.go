// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var homeDocumentOfTexts = Mutant{
	Name: "home-document-of-texts", Breaks: spec.HLT1,
	Does: "get_home_doc has a text for each thing that is offered",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		resources, _ := body["resources"].(object)
		for name := range resources {
			resources[name] = "/v2/" + name
		}
		return body
	}, "get_home_doc"),
}
