// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var brokenMsgPackIs500 = Mutant{
	Name: "broken-msgpack-is-500", Breaks: spec.FRM44,
	Does: "a binary message that is no MessagePack is answered with status 500",
	API:  refusedWith(statusInternal, func(r *wire.Refusal, _ wire.Echo) bool { return r.Rule == "msgpack" }),
}
