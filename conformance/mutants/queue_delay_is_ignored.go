// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDelayIsIgnored = Mutant{
	Name: "queue-delay-is-ignored", Breaks: spec.MSG61, Fact: "F177, F329",
	Does:  "message_post does not heed the _default_message_delay of a queue",
	Store: settling(func(_ store.Queue, set *store.Settings) { set.Delay = 0 }),
}
