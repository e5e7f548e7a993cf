// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateMakesTheQueue = Mutant{
	Name: "update-makes-the-queue", Breaks: spec.QUE46,
	Does: "queue_update makes the queue when there is none",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if body, ok := valueOf(req.Body).(object); ok && resp.Status == statusNotFound {
			ask(ctx, s, next, req, "queue_create", object{"queue_name": body["queue_name"]})
			return next.Do(ctx, s, req)
		}
		return resp
	}, "queue_update"),
}
