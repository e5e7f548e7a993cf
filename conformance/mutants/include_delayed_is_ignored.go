// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var includeDelayedIsIgnored = Mutant{
	Name: "include-delayed-is-ignored", Breaks: spec.MSG59,
	Does: "message_list does not heed include_delayed",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "include_delayed") }, "message_list"),
}
