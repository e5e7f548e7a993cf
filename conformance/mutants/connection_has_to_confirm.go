// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var connectionHasToConfirm = Mutant{
	Name: "connection-has-to-confirm", Breaks: spec.SUB48, Fact: "F194,F324",
	Does: "a subscription of a connection waits for a confirmation that nobody can give",
	API:  telling(func(*api.Session, push, wire.Format, *wire.Notification) bool { return true }),
}
