// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDefaultTTLOfAnyLength = Mutant{
	Name: "queue-default-ttl-of-any-length", Breaks: spec.QUE12,
	Does: "queue_create accepts any integer as _default_message_ttl",
	Codec: accepting(rejected{"queue_create", "body.metadata._default_message_ttl", []string{ruleMin, ruleMax}}, func(body object) {
		delete(metadataOf(body), "_default_message_ttl")
	}),
}
