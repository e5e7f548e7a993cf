// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateStopsMidway = Mutant{
	Name: "update-stops-midway", Breaks: spec.QUE50,
	Does: "queue_update keeps what it did before an operation that it cannot do",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		body, _ := valueOf(req.Body).(object)
		patch, _ := body["patch"].([]any)
		for i := range patch {
			if resp.Status >= statusBadRequest {
				ask(ctx, s, next, req, "queue_update", object{"queue_name": body["queue_name"], "patch": patch[i : i+1]})
			}
		}
		return resp
	}, "queue_update"),
}
