// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedMarkerBeginsAnew = Mutant{
	Name: "deleted-marker-begins-anew", Breaks: spec.MSG32,
	Does: "message_list begins anew when the message that is the marker is gone",
	Store: marking(func(all []string, p *store.Page) {
		if !slices.Contains(all, p.Marker) {
			p.Marker = ""
		}
	}),
}
