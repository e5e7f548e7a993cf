// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var includeClaimedIsForgottenBehindAMarker = Mutant{
	Name: "include-claimed-is-forgotten-behind-a-marker", Breaks: spec.MSG29,
	Does:  "message_list with a marker does not heed include_claimed",
	Store: filtering(func(f *store.Filter, p store.Page) { f.Claimed = f.Claimed && p.Marker == "" }),
}
