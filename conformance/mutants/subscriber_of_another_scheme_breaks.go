// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriberOfAnotherSchemeBreaks = Mutant{
	Name: "subscriber-of-another-scheme-breaks", Breaks: spec.SUB7, Fact: "F319",
	Does: "subscription_create answers with status 500 for a subscriber of a scheme that it does not know",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if body, _ := valueOf(req.Body).(object); body["subscriber"] != nil && resp.Status == statusBadRequest {
			resp.Status = statusInternal
		}
	}, "subscription_create"),
}
