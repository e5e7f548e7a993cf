// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"math/rand/v2"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsOvertakeEachOther = Mutant{
	Name: "notifications-overtake-each-other", Breaks: spec.SUB44, Fact: "F183",
	Does: "each notification is sent by a thread of its own, which may be slow",
	API: telling(func(_ *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		go func() {
			time.Sleep(time.Duration(rand.IntN(5)) * time.Millisecond) //nolint:forbidigo,gosec // a fault, and no secret
			send(f, n)
		}()
		return true
	}),
}
