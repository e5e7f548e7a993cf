// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"sync/atomic"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var slowSubscriberCostsAll = Mutant{
	Name: "slow-subscriber-costs-all", Breaks: spec.SUB49,
	Does: "all subscribers share room for 4 MB of notifications, and nobody is told of what comes then",
	API:  func(next api.Doer) api.Doer { return oneRoom(next) },
}

func oneRoom(next api.Doer) api.Doer {
	var taken atomic.Int64
	return telling(func(_ *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		return taken.Add(int64(len(n.Body))) > 4<<20 || send(f, n)
	})(next)
}
