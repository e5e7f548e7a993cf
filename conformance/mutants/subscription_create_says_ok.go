// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionCreateSaysOk = Mutant{
	Name: "subscription-create-says-ok", Breaks: spec.SUB1,
	Does: "subscription_create answers with status 200 instead of 201",
	API:  status(statusCreated, statusOK, "subscription_create"),
}
