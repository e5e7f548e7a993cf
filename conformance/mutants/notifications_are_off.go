// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsAreOff = Mutant{
	Name: "notifications-are-off", Breaks: spec.SUB40, Fact: "F181,F323",
	Does: "subscription_create answers with status 201, and no notification ever comes",
	API:  telling(func(*api.Session, push, wire.Format, *wire.Notification) bool { return true }),
}
