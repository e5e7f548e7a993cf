// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nullIDsBreak = Mutant{
	Name: "null-ids-break", Breaks: spec.MSG38, Fact: "F318",
	Does: "message_get_many and message_delete_many answer with status 500 an id that is null, a list or a map",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		r := req.Refusal
		if r != nil && r.Rule == ruleType && strings.HasPrefix(r.Path, "body.message_ids[") {
			resp.Status = statusInternal
		}
	}),
}
