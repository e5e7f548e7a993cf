// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsAreText = Mutant{
	Name: "notifications-are-text", Breaks: spec.SUB43,
	Does: "all notifications are text messages",
	API:  telling(func(_ *api.Session, send push, _ wire.Format, n *wire.Notification) bool { return send(wire.JSON, n) }),
}
