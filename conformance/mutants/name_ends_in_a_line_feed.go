// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameEndsInALineFeed = Mutant{
	Name: "name-ends-in-a-line-feed", Breaks: spec.QUE2, Fact: "F284",
	Does: "queue_create accepts one line feed at the end of a name, as a regular expression with $ does",
	Codec: forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		name, ends := strings.CutSuffix(fmt.Sprint(body["queue_name"]), "\n")
		return ends && nameOfAQueue.MatchString(name) && req.Action == "queue_create" && r.Path == "body.queue_name"
	}),
}
