// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePageWithoutLimitIsFull = Mutant{
	Name: "queue-page-without-limit-is-full", Breaks: spec.QUE19,
	Does: "queue_list without a limit returns 20 queues, not 10",
	API: requesting(func(_ *wire.Request, body object) {
		if _, limited := body["limit"]; !limited {
			body["limit"] = 20
		}
	}, "queue_list"),
}
