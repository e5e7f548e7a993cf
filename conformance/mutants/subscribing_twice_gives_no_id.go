// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscribingTwiceGivesNoId = Mutant{
	Name: "subscribing-twice-gives-no-id", Breaks: spec.SUB10,
	Does: "subscription_create does not say which subscription there is already",
	API: bodies(statusConflict, func(_ *wire.Request, body object) any {
		delete(body, "subscription_id")
		return body
	}, "subscription_create"),
}
