// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var authenticateWithoutAToken = Mutant{
	Name: "authenticate-without-a-token", Breaks: spec.AUT4,
	Does: "an authenticate without X-Auth-Token is answered like one whose token is not good",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Path == "headers.X-Auth-Token"
	}),
}
