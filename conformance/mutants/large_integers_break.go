// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var largeIntegersBreak = Mutant{
	Name: "large-integers-break", Breaks: spec.MSG8, Fact: "F279",
	Does: "message_post answers with status 500 an integer that is too large for either format",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Refusal != nil && req.Refusal.Rule == ruleInteger {
			resp.Status = statusInternal
		}
	}),
}
