// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuesOfFlavorsAreNotListed = Mutant{
	Name: "queues-of-flavors-are-not-listed", Breaks: spec.POL34,
	Does:  "queue_list leaves out the queues that live in pools of a flavor",
	Store: func(next store.Data) store.Data { return unflavoredList{next} },
}

type unflavoredList struct{ store.Data }

func (s unflavoredList) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	all, err := s.Data.ListQueues(ctx, project, p)
	return slices.DeleteFunc(all, func(q store.QueueInfo) bool { return strings.Contains(string(q.Metadata), "_flavor") }), err
}
