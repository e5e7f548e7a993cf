// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var endedMessagesAreGotByID = Mutant{
	Name: "ended-messages-are-got-by-id", Breaks: spec.MSG21,
	Does:  "message_get and message_get_many return messages whose life has ended, as long as nobody collects them",
	Store: overdue(time.Hour, viewByID),
}
