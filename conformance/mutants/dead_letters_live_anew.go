// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersLiveAnew = Mutant{
	Name: "dead-letters-live-anew", Breaks: spec.CLM35,
	Does: "a message that is moved lives a day more when nothing is said",
	Store: settling(func(_ store.Queue, set *store.Settings) {
		if set.DeadTTL == 0 {
			set.DeadTTL = 24 * time.Hour
		}
	}),
}
