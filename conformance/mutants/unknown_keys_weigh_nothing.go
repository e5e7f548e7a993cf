// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownKeysWeighNothing = Mutant{
	Name: "unknown-keys-weigh-nothing", Breaks: spec.MSG12,
	Does: "keys of messages that nobody knows do not count to the size of a post",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		for _, m := range messagesOf(body) {
			maps.DeleteFunc(m, func(key string, _ any) bool { return !slices.Contains([]string{"body", "ttl", "delay"}, key) })
		}
		return r.Path == "body.messages" && r.Rule == ruleMaxBytes && len(rawOf(body["messages"])) <= 262144
	}),
}
