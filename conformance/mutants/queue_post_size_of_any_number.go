// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePostSizeOfAnyNumber = Mutant{
	Name: "queue-post-size-of-any-number", Breaks: spec.QUE13,
	Does: "queue_create accepts any integer as _max_messages_post_size",
	Codec: accepting(rejected{"queue_create", "body.metadata._max_messages_post_size", []string{ruleMin, ruleMax}}, func(body object) {
		delete(metadataOf(body), "_max_messages_post_size")
	}),
}
