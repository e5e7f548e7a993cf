// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionWithoutItsQueue = Mutant{
	Name: "subscription-without-its-queue", Breaks: spec.SUB20,
	Does: "subscription_get gives no name of the queue as source",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		body["source"] = ""
		return body
	}, "subscription_get"),
}
