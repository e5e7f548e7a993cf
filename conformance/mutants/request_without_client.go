// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var requestWithoutClient = Mutant{
	Name: "request-without-client", Breaks: spec.FRM62,
	Does: "a request without Client-ID is answered like any other",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Rule == "required" && r.Path == "headers.Client-ID"
	}),
}
