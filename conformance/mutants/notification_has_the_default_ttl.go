// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var notificationHasTheDefaultTTL = Mutant{
	Name: "notification-has-the-default-ttl", Breaks: spec.SUB42,
	Does: "the ttl of a notification is the default of all messages",
	API:  renotifying(func(n object) { n["ttl"] = int64(3600) }),
}
