// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var requestWithoutProject = Mutant{
	Name: "request-without-project", Breaks: spec.FRM63,
	Does: "a request without X-Project-ID is answered like any other",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Rule == "required" && r.Path == "headers.X-Project-ID"
	}),
}
