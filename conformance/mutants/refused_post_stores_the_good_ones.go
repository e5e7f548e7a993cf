// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"fmt"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedPostStoresTheGoodOnes = Mutant{
	Name: "refused-post-stores-the-good-ones", Breaks: spec.MSG3,
	Does: "message_post stores the messages in front of the one for which it refuses the post",
	API: refusedPost(func(post func(body object), req *wire.Request, body object) {
		var bad int
		if _, err := fmt.Sscanf(req.Refusal.Path, "body.messages[%d]", &bad); err == nil {
			messages, _ := body["messages"].([]any)
			body["messages"] = messages[:bad]
			post(body)
		}
	}),
}
