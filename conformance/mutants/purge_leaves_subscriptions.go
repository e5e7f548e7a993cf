// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeLeavesSubscriptions = Mutant{
	Name: "purge-leaves-subscriptions", Breaks: spec.SUB55,
	Does:  "queue_purge leaves the subscriptions",
	Store: func(next store.Data) store.Data { return gentle{next} },
}

type gentle struct{ store.Data }

func (gentle) PurgeSubscriptions(context.Context, store.Queue) error { return nil }
