// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionOutlastsItsTTL = Mutant{
	Name: "subscription-outlasts-its-ttl", Breaks: spec.SUB50,
	Does:  "a subscription lives an hour longer than its ttl says",
	Store: lasting(time.Hour),
}
