// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shownSubscriberIsTaken = Mutant{
	Name: "shown-subscriber-is-taken", Breaks: spec.SUB14,
	Does: "subscription_create takes what is shown for another connection as a subscriber, and never tells it",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		body, _ := valueOf(req.Body).(object)
		if text, _ := body["subscriber"].(string); strings.HasPrefix(text, "connection:") {
			return done(req, statusCreated, object{"subscription_id": "nobody"})
		}
		return next.Do(ctx, s, req)
	}, "subscription_create"),
}
