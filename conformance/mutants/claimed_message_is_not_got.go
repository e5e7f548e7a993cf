// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessageIsNotGot = Mutant{
	Name: "claimed-message-is-not-got", Breaks: spec.MSG34,
	Does: "message_get answers with status 404 when a claim holds the message",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		body, _ := valueOf(resp.Body).(object)
		if m, is := body["messages"].(object); is && m["claim_id"] != nil {
			return failed(req, statusNotFound)
		}
		return resp
	}, "message_get"),
}
