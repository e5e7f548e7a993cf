// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookContentTypeOfText = Mutant{
	Name: "webhook-content-type-of-text", Breaks: spec.SUB61,
	Does: "what is posted to a webhook is called text/plain",
	Post: postedWith(func(req *http.Request) {
		if req.Header.Get("Content-Type") == "application/json" {
			req.Header.Set("Content-Type", "text/plain")
		}
	}),
}
