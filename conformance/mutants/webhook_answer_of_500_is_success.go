// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookAnswerOf500IsSuccess = Mutant{
	Name: "webhook-answer-of-500-is-success", Breaks: spec.SUB66, Fact: "F193",
	Does: "a webhook that answers with status 500 or more has taken the message",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err == nil && resp.StatusCode >= statusInternal {
			resp.StatusCode = statusOK
		}
		return resp, err
	}),
}
