// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postSizeCountsCharacters = Mutant{
	Name: "post-size-counts-characters", Breaks: spec.MSG13, Fact: "F331",
	Does: "message_post counts its size in characters, not in bytes",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		return r.Path == "body.messages" && r.Rule == ruleMaxBytes && utf8.RuneCount(rawOf(body["messages"])) <= 262144
	}),
}
