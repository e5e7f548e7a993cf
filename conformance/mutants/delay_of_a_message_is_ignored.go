// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var delayOfAMessageIsIgnored = Mutant{
	Name: "delay-of-a-message-is-ignored", Breaks: spec.MSG61,
	Does:  "message_post does not heed the delay of a message",
	Store: delaying(func(*time.Duration) *time.Duration { return nil }),
}
