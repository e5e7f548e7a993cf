// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectAndQueueJoined = Mutant{
	Name: "project-and-queue-joined", Breaks: spec.FRM70, Fact: "F288",
	Does: "project and queue are joined by a dot, so that x.q of P is q of P.x",
	API: requesting(func(req *wire.Request, body object) {
		name, _ := body["queue_name"].(string)
		if dot := strings.LastIndex(name, "."); dot >= 0 {
			req.Headers.ProjectID += "." + name[:dot]
			body["queue_name"] = name[dot+1:]
		}
	}),
}
