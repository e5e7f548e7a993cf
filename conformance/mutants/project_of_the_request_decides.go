// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectOfTheRequestDecides = Mutant{
	Name: "project-of-the-request-decides", Breaks: spec.AUT12, Fact: "F265",
	Does: "a connection that is let in acts in whatever project a request names",
	API:  around(actingAs(func(s *api.Session, _ *wire.Request) bool { return s.Project != "" })),
}
