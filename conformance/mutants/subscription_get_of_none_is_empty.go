// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionGetOfNoneIsEmpty = Mutant{
	Name: "subscription-get-of-none-is-empty", Breaks: spec.SUB23,
	Does: "subscription_get answers with status 200 for a subscription that is not there",
	API: missing(statusNotFound, statusOK, object{
		"id": "none", "source": "", "subscriber": "", "ttl": int64(60), "age": int64(0), "options": object{},
	}, "subscription_get"),
}
