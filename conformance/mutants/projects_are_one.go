// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectsAreOne = Mutant{
	Name: "projects-are-one", Breaks: spec.FRM70,
	Does: "all projects share their queues",
	API:  requesting(func(req *wire.Request, _ object) { req.Headers.ProjectID = "all" }),
}
