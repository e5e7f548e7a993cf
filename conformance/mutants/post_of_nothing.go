// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postOfNothing = Mutant{
	Name: "post-of-nothing", Breaks: spec.MSG4,
	Does: "message_post answers an empty list of messages with status 204",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		none := rejected{"message_post", "body.messages", []string{ruleMinItems}}
		action, _ := valueOf(req.Echo.Action).(string)
		if req.Refusal != nil && none.is(req.Refusal, action) {
			return done(req, statusNoContent, nil)
		}
		return next.Do(ctx, s, req)
	}),
}
