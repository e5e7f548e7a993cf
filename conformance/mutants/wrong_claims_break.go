// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var wrongClaimsBreak = Mutant{
	Name: "wrong-claims-break", Breaks: spec.MSG63, Fact: "F316",
	Does: "message_delete_many answers with status 500 when claim_ids names the wrong claim",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if body, ok := valueOf(req.Body).(object); ok && body["claim_ids"] != nil && resp.Status == statusForbidden {
			return failed(req, statusInternal)
		}
		return resp
	}, "message_delete_many"),
}
