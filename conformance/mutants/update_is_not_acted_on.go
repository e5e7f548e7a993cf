// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateIsNotActedOn = Mutant{
	Name: "update-is-not-acted-on", Breaks: spec.QUE51,
	Does:  "queue_update changes metadata, and the server acts by none of it",
	Store: updating(func(set *store.Settings) { *set = store.Settings{Metadata: set.Metadata} }),
}
