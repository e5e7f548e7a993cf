// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsComeTwice = Mutant{
	Name: "notifications-come-twice", Breaks: spec.SUB40,
	Does: "each notification is sent twice",
	API: telling(func(_ *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		return send(f, n) && send(f, n)
	}),
}
