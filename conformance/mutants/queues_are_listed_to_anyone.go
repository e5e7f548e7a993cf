// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuesAreListedToAnyone = Mutant{
	Name: "queues-are-listed-to-anyone", Breaks: spec.AUT8,
	Does: "queue_list is answered on a connection that is not let in",
	API:  around(actingAs(func(s *api.Session, _ *wire.Request) bool { return s.Project == "" }), "queue_list"),
}
