// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var wrongClaimsGetTheOtherStatus = Mutant{
	Name: "wrong-claims-get-the-other-status", Breaks: spec.MSG46,
	Does: "message_delete with a claim that does not hold the message answers with 400 where 403 is due, and the other way round",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		body, _ := valueOf(req.Body).(object)
		switch _, named := body["claim_id"]; {
		case !named || req.Refusal != nil:
		case resp.Status == statusBadRequest:
			resp.Status = statusForbidden
		case resp.Status == statusForbidden:
			resp.Status = statusBadRequest
		}
	}, "message_delete"),
}
