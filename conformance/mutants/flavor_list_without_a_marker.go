// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var flavorListWithoutAMarker = Mutant{
	Name: "flavor-list-without-a-marker", Breaks: spec.POL40,
	Does: "flavor_list gives no marker",
	API:  bodies(statusOK, without("marker"), "flavor_list"),
}
