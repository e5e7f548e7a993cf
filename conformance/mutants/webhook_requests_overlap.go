// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookRequestsOverlap = Mutant{
	Name: "webhook-requests-overlap", Breaks: spec.SUB71,
	Does: "the next message is posted to a webhook a moment after the last one, before its answer",
	Post: posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		written := make(chan struct{})
		ctx := httptrace.WithClientTrace(context.WithoutCancel(req.Context()), &httptrace.ClientTrace{
			WroteRequest: func(httptrace.WroteRequestInfo) { close(written) },
		})
		later := req.Clone(ctx)
		later.Body, _ = req.GetBody()
		go func() {
			if resp, err := next.RoundTrip(later); err == nil {
				_ = resp.Body.Close()
			}
		}()
		<-written
		<-time.After(20 * time.Millisecond) // so that they come in order
		return answered(req, statusOK), nil
	}),
}
