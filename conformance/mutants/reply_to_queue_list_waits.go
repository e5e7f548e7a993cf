// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var replyToQueueListWaits = Mutant{
	Name: "reply-to-queue-list-waits", Breaks: spec.FRM26,
	Does: "the reply to queue_list waits for the next one, and comes after it",
	Conn: func(next ws.Conn) ws.Conn { return &carrier{Conn: next, action: "queue_list", write: reordered} },
}
