// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var emptySubscriberIsRefused = Mutant{
	Name: "empty-subscriber-is-refused", Breaks: spec.SUB12,
	Does: "subscription_create refuses an empty subscriber",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["subscriber"] == "" }, "subscription_create"),
}
