// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyNeedsThemAll = Mutant{
	Name: "get-many-needs-them-all", Breaks: spec.MSG36,
	Does: "message_get_many returns nothing when one of the messages is not there",
	Store: gettingMany(func(ids []string, all []store.Message) ([]store.Message, error) {
		if len(all) < len(ids) {
			return nil, nil
		}
		return all, nil
	}),
}
