// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectCountedInBytes = Mutant{
	Name: "project-counted-in-bytes", Breaks: spec.FRM68,
	Does: "an X-Project-ID longer than max_project bytes is refused, however few its characters",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		return int64(len(req.Headers.ProjectID)) > wire.Limits{}.WithDefaults().MaxProject
	}),
}
