// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsNotWaitedFor = Mutant{
	Name: "webhook-is-not-waited-for", Breaks: spec.SUB71, Fact: "F183",
	Does: "the next message is posted to a webhook before it has answered the last one",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		later := req.Clone(context.WithoutCancel(req.Context()))
		later.Body, _ = req.GetBody()
		go func() {
			if resp, err := next.RoundTrip(later); err == nil {
				_ = resp.Body.Close()
			}
		}()
		return answered(req, statusOK), nil
	}),
}
