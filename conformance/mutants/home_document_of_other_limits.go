// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var homeDocumentOfOtherLimits = Mutant{
	Name: "home-document-of-other-limits", Breaks: spec.HLT7,
	Does: "get_home_doc tells a limit as twice what it is",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		limits, _ := body["limits"].(object)
		limits["max_messages_per_page"] = int64(40)
		return body
	}, "get_home_doc"),
}
