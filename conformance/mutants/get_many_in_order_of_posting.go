// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyInOrderOfPosting = Mutant{
	Name: "get-many-in-order-of-posting", Breaks: spec.MSG36,
	Does: "message_get_many returns the messages in the order in which they were posted",
	Store: gettingMany(func(_ []string, all []store.Message) ([]store.Message, error) {
		slices.SortFunc(all, func(a, b store.Message) int { return cmp.Compare(a.ID, b.ID) }) // ids rise
		return all, nil
	}),
}
