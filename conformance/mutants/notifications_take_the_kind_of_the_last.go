// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsTakeTheKindOfTheLast = Mutant{
	Name: "notifications-take-the-kind-of-the-last", Breaks: spec.SUB43, Fact: "F185,F325",
	Does: "all notifications of a connection take the kind of its last subscription_create",
	API:  func(next api.Doer) api.Doer { return lastKind(next) },
}

func lastKind(next api.Doer) api.Doer {
	var last memo[*api.Session, wire.Format]
	told := telling(func(s *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		if latest, is := last.get(s); is {
			f = latest
		}
		return send(f, n)
	})(next)
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusCreated {
			last.put(s, req.Format)
		}
		return resp
	}, "subscription_create")(told)
}
