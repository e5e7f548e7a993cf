// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueListTakesAnyLimit = Mutant{
	Name: "queue-list-takes-any-limit", Breaks: spec.QUE20,
	Does:  "queue_list accepts any limit, and returns 10 queues instead",
	Codec: accepting(rejected{"queue_list", "body.limit", []string{ruleMin, ruleMax}}, func(body object) { delete(body, "limit") }),
}
