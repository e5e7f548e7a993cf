// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePostSizeOfAnyType = Mutant{
	Name: "queue-post-size-of-any-type", Breaks: spec.QUE13,
	Does: "queue_create accepts a _max_messages_post_size that is no integer, and forgets it",
	Codec: accepting(rejected{"queue_create", "body.metadata._max_messages_post_size", []string{ruleType}}, func(body object) {
		delete(metadataOf(body), "_max_messages_post_size")
	}),
}
