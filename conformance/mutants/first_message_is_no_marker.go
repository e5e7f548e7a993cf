// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var firstMessageIsNoMarker = Mutant{
	Name: "first-message-is-no-marker", Breaks: spec.MSG31, Fact: "F293",
	Does: "message_list begins anew when the marker is the first message of all",
	Store: marking(func(all []string, p *store.Page) {
		if len(all) > 0 && all[0] == p.Marker {
			p.Marker = ""
		}
	}),
}
