// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var secondReplyToStats = Mutant{
	Name: "second-reply-to-stats", Breaks: spec.FRM25,
	Does: "queue_get_stats is answered twice",
	Conn: func(next ws.Conn) ws.Conn { return &carrier{Conn: next, action: "queue_get_stats", write: twice} },
}
