// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDefaultTTLOfAnyType = Mutant{
	Name: "queue-default-ttl-of-any-type", Breaks: spec.QUE12,
	Does: "queue_create accepts a _default_message_ttl that is no integer, and forgets it",
	Codec: accepting(rejected{"queue_create", "body.metadata._default_message_ttl", []string{ruleType}}, func(body object) {
		delete(metadataOf(body), "_default_message_ttl")
	}),
}
