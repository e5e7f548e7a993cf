// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var statsCountTheEnded = Mutant{
	Name: "stats-count-the-ended", Breaks: spec.QUE30, Fact: "F304",
	Does:  "queue_get_stats counts messages whose life has ended, as long as nobody collects them",
	Store: overdue(time.Hour),
}
