// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var forbiddenWithoutAWord = Mutant{
	Name: "forbidden-without-a-word", Breaks: spec.FRM35,
	Does: "the body of a reply with status 403 is an empty map",
	API:  bodies(statusForbidden, func(*wire.Request, object) any { return object{} }),
}
