// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var namesIgnoreCase = Mutant{
	Name: "names-ignore-case", Breaks: spec.QUE4,
	Does: "names that differ only in case are one queue",
	Store: renaming(func(q store.Queue) store.Queue {
		return store.Queue{Project: q.Project, Name: strings.ToLower(q.Name)}
	}),
}
