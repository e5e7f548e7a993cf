// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsWithoutOldestAndNewest = Mutant{
	Name: "stats-without-oldest-and-newest", Breaks: spec.QUE33,
	Does: "queue_get_stats describes no message",
	API: stats(func(counts object) {
		delete(counts, "oldest")
		delete(counts, "newest")
	}),
}
