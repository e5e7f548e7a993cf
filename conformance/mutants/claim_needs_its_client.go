// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimNeedsItsClient = Mutant{
	Name: "claim-needs-its-client", Breaks: spec.CLM12,
	Does: "claim_get, claim_update and claim_delete know a claim only under the Client-ID that made it",
	API:  func(next api.Doer) api.Doer { return &jealous{Doer: next} },
}

type jealous struct {
	api.Doer

	owner memo[any, string] // by claim
}

func (d *jealous) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	asked, _ := valueOf(req.Body).(object)
	switch owner, known := d.owner.get(asked["claim_id"]); {
	case req.Refusal != nil || req.Action == "message_delete":
	case known && owner != req.Headers.ClientID:
		return failed(req, statusNotFound)
	}
	resp := d.Doer.Do(ctx, s, req)
	if req.Action == "claim_create" && resp.Status == statusCreated {
		made, _ := valueOf(resp.Body).(object)
		d.owner.put(made["claim_id"], req.Headers.ClientID)
	}
	return resp
}
