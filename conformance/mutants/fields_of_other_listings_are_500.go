// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var fieldsOfOtherListingsAre500 = Mutant{
	Name: "fields-of-other-listings-are-500", Breaks: spec.FRM58, Fact: "F292",
	Does: "queue_list and message_list with some fields of other actions are answered with status 500",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		foreign := map[string][]string{
			"queue_list":   {"echo", "ttl", "grace", "include_claimed"},
			"message_list": {"detailed", "ttl", "grace"},
		}
		body, _ := valueOf(req.Body).(object)
		for _, field := range foreign[req.Action] {
			if _, is := body[field]; is {
				text := "unexpected keyword argument " + field
				resp.Status, resp.Body = statusInternal, &wire.Fault{Error: &text}
			}
		}
	}),
}
