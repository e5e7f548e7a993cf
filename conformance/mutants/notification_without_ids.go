// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var notificationWithoutIDs = Mutant{
	Name: "notification-without-ids", Breaks: spec.SUB46, Fact: "F327",
	Does: "a notification names neither its message nor its subscription",
	API: renotifying(func(n object) {
		delete(n, "message_id")
		delete(n, "subscription_id")
	}),
}
