// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDefaultTTLOfNothingBreaks = Mutant{
	Name: "queue-default-ttl-of-nothing-breaks", Breaks: spec.QUE12, Fact: "F282",
	Does: "queue_create answers with status 500 a _default_message_ttl that is an empty string",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		body, _ := valueOf(req.Echo.Body).(object)
		if ttl, is := metadataOf(body)["_default_message_ttl"]; is && ttl == "" && req.Refusal != nil {
			resp.Status = statusInternal
		}
	}),
}
