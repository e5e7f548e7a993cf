// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var markerIsShownAgain = Mutant{
	Name: "marker-is-shown-again", Breaks: spec.MSG31,
	Does: "message_list begins a page at the marker, not behind it, unless that is the first message",
	Store: marking(func(all []string, p *store.Page) {
		if at := slices.Index(all, p.Marker); at > 0 {
			p.Marker = all[at-1]
		}
	}),
}
