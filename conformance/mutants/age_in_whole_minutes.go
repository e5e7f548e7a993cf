// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var ageInWholeMinutes = Mutant{
	Name: "age-in-whole-minutes", Breaks: spec.MSG20,
	Does: "the age of a message is rounded down to minutes",
	Store: viewing(func(_ view, m *store.Message) bool {
		m.Age = m.Age.Truncate(time.Minute)
		return true
	}),
}
