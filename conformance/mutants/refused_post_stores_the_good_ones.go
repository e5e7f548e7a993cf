// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
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

// refusedPost does something with the body of a message_post that is refused for its
// messages; post stores what is left of it.
func refusedPost(do func(post func(body object), req *wire.Request, body object)) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if req.Refusal == nil || !strings.HasPrefix(req.Refusal.Path, "body.messages") {
			return next.Do(ctx, s, req)
		}
		again, body := asCame(req)
		do(func(body object) { ask(ctx, s, next, again, "message_post", body) }, req, body)
		return next.Do(ctx, s, req)
	})
}
