// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"io"
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookAnswerIsReadToTheEnd = Mutant{
	Name: "webhook-answer-is-read-to-the-end", Breaks: spec.SUB75,
	Does: "the answer of a webhook is read to its end, however long it is",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
		}
		return resp, err
	}),
}
