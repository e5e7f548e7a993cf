// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var posterIsNotTold = Mutant{
	Name: "poster-is-not-told", Breaks: spec.SUB40,
	Does: "a connection is not told of what it posts itself",
	API:  func(next api.Doer) api.Doer { return deafToItself(next) },
}

func deafToItself(next api.Doer) api.Doer {
	var posting memo[*api.Session, bool]
	told := telling(func(s *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		_, own := posting.get(s)
		return own || send(f, n)
	})(next)
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		posting.put(s, true)
		defer posting.drop(s)
		return next.Do(ctx, s, req)
	}, "message_post")(told)
}
