// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longTokenBreaks = Mutant{
	Name: "long-token-breaks", Breaks: spec.AUT14,
	Does: "an authenticate whose token is longer than 64 KiB is answered with status 500",
	API:  refusing(statusInternal, func(req *wire.Request, _ object) bool { return len(req.Headers.AuthToken) > 64<<10 }, authenticate),
}
