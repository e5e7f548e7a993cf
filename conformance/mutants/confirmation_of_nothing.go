// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationOfNothing = Mutant{
	Name: "confirmation-of-nothing", Breaks: spec.SUB87,
	Does: "subscription_confirm is answered with status 204 when the subscription has ended",
	API:  status(statusNotFound, statusNoContent, "subscription_confirm"),
}
