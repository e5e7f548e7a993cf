// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var pageOfOneIsRefused = Mutant{
	Name: "page-of-one-is-refused", Breaks: spec.MSG23,
	Does: "message_list refuses a limit of 1",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["limit"] == int64(1) }, "message_list"),
}
