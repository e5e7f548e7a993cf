// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsTotalIsOneTooMany = Mutant{
	Name: "stats-total-is-one-too-many", Breaks: spec.QUE28,
	Does: "queue_get_stats gives as total one more than there is in a queue that is not empty",
	API: stats(func(counts object) {
		if total, ok := counts["total"].(int64); ok && total > 0 {
			counts["total"] = total + 1
		}
	}),
}
