// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsPostedTwice = Mutant{
	Name: "webhook-is-posted-twice", Breaks: spec.SUB60,
	Does: "each message is posted to a webhook twice",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		again := req.Clone(req.Context())
		again.Body, _ = req.GetBody()
		resp, err := next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		_ = resp.Body.Close()
		return next.RoundTrip(again)
	}),
}
