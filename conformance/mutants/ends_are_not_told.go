// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var endsAreNotTold = Mutant{
	Name: "ends-are-not-told", Breaks: spec.SUB57, Fact: "F327",
	Does: "nobody is told that a subscription has ended",
	API: pushing(func(_ *api.Session, send push, f wire.Format, n msgp.Marshaler) bool {
		_, end := n.(*wire.SubscriptionEnded)
		return end || send(f, n)
	}),
}
