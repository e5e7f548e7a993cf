// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookThatFailedIsLeftAlone = Mutant{
	Name: "webhook-that-failed-is-left-alone", Breaks: spec.SUB70, Fact: "F193",
	Does: "a webhook that did not take a message is sent none after it",
	Post: func(next http.RoundTripper) http.RoundTripper {
		var failed memo[string, bool]
		return poster(func(req *http.Request) (*http.Response, error) {
			if bad, _ := failed.get(req.URL.String()); bad {
				return answered(req, statusBadRequest), nil
			}
			resp, err := next.RoundTrip(req)
			if err != nil || resp.StatusCode >= http.StatusMultipleChoices {
				failed.put(req.URL.String(), true)
			}
			return resp, err
		})
	},
}
