// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var emptyMessageIsAlive = Mutant{
	Name: "empty-message-is-alive", Breaks: spec.FRM44,
	Does: "an empty binary message is answered with status 200",
	API:  refusedWith(statusOK, func(r *wire.Refusal, _ wire.Echo) bool { return r.Rule == "msgpack" && r.Text == "the frame is empty" }),
}
