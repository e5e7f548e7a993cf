// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var replyToQueueGetWaits = Mutant{
	Name: "reply-to-queue-get-waits", Breaks: spec.FRM26,
	Does: "the reply to queue_get waits for the next one, and comes after it",
	Conn: func(next ws.Conn) ws.Conn { return &carrier{Conn: next, action: "queue_get", write: reordered} },
}
