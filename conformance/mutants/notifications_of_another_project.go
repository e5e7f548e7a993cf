// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsOfAnotherProject = Mutant{
	Name: "notifications-of-another-project", Breaks: spec.SUB45,
	Does: "a subscription is told of the messages in a queue of that name in any project",
	Store: func(next store.Data) store.Data {
		return &nosy{Data: next, key: func(q store.Queue) string { return q.Name }}
	},
}
