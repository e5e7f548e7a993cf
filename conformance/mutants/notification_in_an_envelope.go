// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var notificationInAnEnvelope = Mutant{
	Name: "notification-in-an-envelope", Breaks: spec.SUB41,
	Does: "a notification has headers, as a reply has",
	API:  renotifying(func(n object) { n["headers"] = object{"status": int64(200)} }),
}
