// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"slices"
	"strings"
	"testing"
)

// securityFacts are what an attacker, or a neighbour, can do to the real server and
// a WebSocket can show.
var securityFacts = []string{"F200", "F258", "F263", "F264", "F265", "F267", "F269", "F270", "F271", "F272", "F288", "F317"}

func TestWhatTheRealServerLetsAnAttackerDoIsFoundByTheLabelSecurity(t *testing.T) {
	t.Parallel()
	found := map[string][]string{}
	for _, c := range Cases() {
		if !slices.Contains(c.Labels(), Security) {
			continue
		}
		for _, fact := range securityFacts {
			if strings.Contains(c.Requirement.Source+c.Requirement.Deviation, fact) {
				found[fact] = append(found[fact], c.ID)
			}
		}
	}
	for _, fact := range securityFacts {
		if len(found[fact]) == 0 {
			t.Errorf("no case with the label %s is of a requirement that cites %s", Security, fact)
		}
	}
}
