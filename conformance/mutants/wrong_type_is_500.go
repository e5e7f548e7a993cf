// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var wrongTypeIs500 = Mutant{
	Name: "wrong-type-is-500", Breaks: spec.FRM57,
	Does: "a field of another type than its own is answered with status 500",
	API: refusedWith(statusInternal, func(r *wire.Refusal, _ wire.Echo) bool {
		return r.Rule == "type" && strings.HasPrefix(r.Path, "body.") && !strings.ContainsAny(r.Path, "[]") && r.Path != "body.metadata"
	}),
}
