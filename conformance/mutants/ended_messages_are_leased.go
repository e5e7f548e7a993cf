// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var endedMessagesAreLeased = Mutant{
	Name: "ended-messages-are-leased", Breaks: spec.MSG21,
	Does:  "claim_create leases messages whose life has ended, as long as nobody collects them",
	Store: overdue(time.Hour, viewLease),
}
