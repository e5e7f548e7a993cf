// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeByDefaultDoesNothing = Mutant{
	Name: "purge-by-default-does-nothing", Breaks: spec.QUE35,
	Does: "queue_purge without resource_types removes nothing",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		body, _ := valueOf(req.Body).(object)
		if _, named := body["resource_types"]; named {
			return next.Do(ctx, s, req)
		}
		return done(req, statusNoContent, nil)
	}, "queue_purge"),
}
