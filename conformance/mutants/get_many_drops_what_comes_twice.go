// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyDropsWhatComesTwice = Mutant{
	Name: "get-many-drops-what-comes-twice", Breaks: spec.MSG36,
	Does: "message_get_many leaves out a message whose id is named twice",
	Store: gettingMany(func(ids []string, all []store.Message) ([]store.Message, error) {
		return slices.DeleteFunc(all, func(m store.Message) bool {
			first := slices.Index(ids, m.ID)
			return slices.Contains(ids[first+1:], m.ID)
		}), nil
	}),
}
