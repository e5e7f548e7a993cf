// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedPostMakesTheQueue = Mutant{
	Name: "refused-post-makes-the-queue", Breaks: spec.MSG3, Fact: "F280",
	Does: "message_post makes the queue before it looks at the messages that it refuses",
	API: refusedPost(func(post func(body object), _ *wire.Request, body object) {
		if list, ok := body["messages"].([]any); ok {
			body["messages"] = list[:0]
			post(body)
		}
	}),
}
