// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"io"
	"net/http"
	"sync"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhooksWaitForOneAnother = Mutant{
	Name: "webhooks-wait-for-one-another", Breaks: spec.SUB74,
	Does: "one webhook is posted to at a time, and its answer is read to the end",
	Post: func(next http.RoundTripper) http.RoundTripper {
		var turn sync.Mutex
		return poster(func(req *http.Request) (*http.Response, error) {
			turn.Lock()
			defer turn.Unlock()
			resp, err := next.RoundTrip(req)
			if err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
			}
			return resp, err
		})
	},
}
