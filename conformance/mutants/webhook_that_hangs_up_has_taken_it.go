// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookThatHangsUpHasTakenIt = Mutant{
	Name: "webhook-that-hangs-up-has-taken-it", Breaks: spec.SUB66,
	Does: "a webhook that ends the connection without an answer has taken the message",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err != nil {
			return answered(req, statusOK), nil
		}
		return resp, nil
	}),
}
