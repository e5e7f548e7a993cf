// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var bytesOfNoTextAre500 = Mutant{
	Name: "bytes-of-no-text-are-500", Breaks: spec.FRM46,
	Does: "a binary message with a string that is not UTF-8 is answered with status 500",
	API:  refusedWith(statusInternal, func(r *wire.Refusal, _ wire.Echo) bool { return r.Rule == "utf8" }),
}
