// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameCutAtTheLastDot = Mutant{
	Name: "name-cut-at-the-last-dot", Breaks: spec.QUE4, Fact: "F285",
	Does: "queue_list shows a name only up to its last dot",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		list, _ := body["queues"].([]any)
		for _, q := range list {
			if q, ok := q.(object); ok {
				name, _ := q["name"].(string)
				q["name"] = name[:max(0, cutAt(name))]
			}
		}
		return body
	}, "queue_list"),
}

// cutAt is the place of the last dot, or the end.
func cutAt(name string) int {
	if at := strings.LastIndex(name, "."); at >= 0 {
		return at
	}
	return len(name)
}
