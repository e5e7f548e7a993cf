// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookContentTypeIsFixed = Mutant{
	Name: "webhook-content-type-is-fixed", Breaks: spec.SUB62,
	Does: "what is posted to a webhook is always called application/json",
	Post: postedWith(func(req *http.Request) { req.Header.Set("Content-Type", "application/json") }),
}
