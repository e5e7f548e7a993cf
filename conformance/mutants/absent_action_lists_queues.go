// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var absentActionListsQueues = Mutant{
	Name: "absent-action-lists-queues", Breaks: spec.FRM53,
	Does: "a request without an action is answered as queue_list",
	Codec: forgiving(func(r *wire.Refusal, req *wire.Request, _ object) bool {
		req.Action = "queue_list"
		return r.Rule == "action" && req.Echo.Action.IsZero()
	}),
}
