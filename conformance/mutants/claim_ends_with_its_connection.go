// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimEndsWithItsConnection = Mutant{
	Name: "claim-ends-with-its-connection", Breaks: spec.CLM11,
	Does: "a claim ends when the connection that made it closes",
	API:  func(next api.Doer) api.Doer { return &attached{Doer: next} },
}

type attached struct {
	api.Doer

	claims memo[*api.Session, []*wire.Request] // how to end those of a connection
}

func (d *attached) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	resp := d.Doer.Do(ctx, s, req)
	if req.Action == "claim_create" && resp.Status == statusCreated {
		asked, _ := valueOf(req.Body).(object)
		made, _ := valueOf(resp.Body).(object)
		end := rawOf(object{"queue_name": asked["queue_name"], "claim_id": made["claim_id"]})
		ends, _ := d.claims.get(s)
		d.claims.put(s, append(ends, &wire.Request{Action: "claim_delete", Headers: req.Headers, Body: end}))
	}
	return resp
}

func (d *attached) Leave(ctx context.Context, s *api.Session) {
	ends, _ := d.claims.get(s)
	for _, end := range ends {
		d.Do(context.WithoutCancel(ctx), s, end)
	}
	d.claims.drop(s)
	d.Doer.Leave(ctx, s)
}
