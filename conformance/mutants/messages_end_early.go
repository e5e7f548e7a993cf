// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var messagesEndEarly = Mutant{
	Name: "messages-end-early", Breaks: spec.MSG22,
	Does:  "messages end ten seconds before their ttl",
	Store: overdue(-10 * time.Second),
}
