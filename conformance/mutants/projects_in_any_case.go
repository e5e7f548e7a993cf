// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectsInAnyCase = Mutant{
	Name: "projects-in-any-case", Breaks: spec.FRM70,
	Does: "projects that differ in upper and lower case are one",
	API: requesting(func(req *wire.Request, _ object) {
		req.Headers.ProjectID = strings.ToLower(req.Headers.ProjectID)
	}),
}
