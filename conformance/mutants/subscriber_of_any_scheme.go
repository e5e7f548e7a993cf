// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriberOfAnyScheme = Mutant{
	Name: "subscriber-of-any-scheme", Breaks: spec.SUB7,
	Does: "subscription_create takes a subscriber of a scheme that it does not know for the connection",
	API: requesting(func(_ *wire.Request, body object) {
		if text, _ := body["subscriber"].(string); strings.HasPrefix(text, "ftp:") {
			delete(body, "subscriber")
		}
	}, "subscription_create"),
}
