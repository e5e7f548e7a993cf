// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"encoding/hex"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var clientAsItIsSpelled = Mutant{
	Name: "client-as-it-is-spelled", Breaks: spec.FRM66,
	Does: "two spellings of one UUID are two clients",
	API: requesting(func(req *wire.Request, _ object) {
		req.Headers.ClientID = hex.EncodeToString([]byte(req.Headers.ClientID))
	}),
}
