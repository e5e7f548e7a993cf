// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var messageListWithoutAMarker = Mutant{
	Name: "message-list-without-a-marker", Breaks: spec.MSG32, Fact: "F294",
	Does: "message_list gives no marker",
	API:  bodies(statusOK, without("marker"), "message_list"),
}
