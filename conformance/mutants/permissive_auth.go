// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// permissiveAuth says nothing to whom it lets in, echoes nothing of an authenticate
// (AUT-6), and never counts bad tokens (AUT-17).
func permissiveAuth(next api.Doer) api.Doer {
	return chain(uncounted, replying(func(req *wire.Request, resp *wire.Response) {
		resp.Echo = wire.Echo{Action: req.Echo.Action}
		if resp.Status == statusOK {
			resp.Body = nil
		}
	}, authenticate))(next)
}
