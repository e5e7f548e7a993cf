// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var badNameIsNoQueue = Mutant{
	Name: "bad-name-is-no-queue", Breaks: spec.QUE3,
	Does: "every action but queue_create and message_post takes a name that no queue can have for a queue that is not there",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		_, text := body["queue_name"].(string)
		return r.Req == "QUE-3" && text
	}),
}
