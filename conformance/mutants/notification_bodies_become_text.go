// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var notificationBodiesBecomeText = Mutant{
	Name: "notification-bodies-become-text", Breaks: spec.SUB42,
	Does: "the body of a notification is a string, whatever was posted",
	API: renotifying(func(n object) {
		if _, text := n["body"].(string); !text {
			n["body"] = "text"
		}
	}),
}
