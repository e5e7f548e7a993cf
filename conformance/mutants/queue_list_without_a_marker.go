// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var queueListWithoutAMarker = Mutant{
	Name: "queue-list-without-a-marker", Breaks: spec.QUE25, Fact: "F294",
	Does: "queue_list gives no marker",
	API:  bodies(statusOK, without("marker"), "queue_list"),
}
