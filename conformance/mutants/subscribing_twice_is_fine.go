// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscribingTwiceIsFine = Mutant{
	Name: "subscribing-twice-is-fine", Breaks: spec.SUB9,
	Does: "subscription_create answers with status 201 for a subscriber that is there already",
	API:  missing(statusConflict, statusCreated, object{"subscription_id": "again"}, "subscription_create"),
}
