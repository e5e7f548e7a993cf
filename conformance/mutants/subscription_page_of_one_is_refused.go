// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionPageOfOneIsRefused = Mutant{
	Name: "subscription-page-of-one-is-refused", Breaks: spec.SUB24,
	Does: "subscription_list refuses a limit of 1",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["limit"] == int64(1) }, "subscription_list"),
}
