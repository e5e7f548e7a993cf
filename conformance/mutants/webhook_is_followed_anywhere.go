// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsFollowedAnywhere = Mutant{
	Name: "webhook-is-followed-anywhere", Breaks: spec.SUB73, Fact: "F192",
	Does: "the answer of a webhook may redirect to any address",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err != nil || resp.Header.Get("Location") == "" {
			return resp, err
		}
		_ = resp.Body.Close()
		again, err := http.NewRequestWithContext(req.Context(), req.Method, resp.Header.Get("Location"), http.NoBody)
		if err != nil {
			return nil, err
		}
		return (&http.Transport{DisableKeepAlives: true}).RoundTrip(again)
	}),
}
