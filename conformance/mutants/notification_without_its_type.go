// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var notificationWithoutItsType = Mutant{
	Name: "notification-without-its-type", Breaks: spec.SUB41,
	Does: "a notification has no Message_Type",
	API:  renotifying(func(n object) { delete(n, "Message_Type") }),
}
