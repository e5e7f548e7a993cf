// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var replyWithoutBody = Mutant{
	Name: "reply-without-body", Breaks: spec.FRM29,
	Does: "a reply with status 204 has no key body",
	Codec: envelope(func(reply object) {
		if headers, _ := reply["headers"].(object); headers["status"] == int64(statusNoContent) {
			delete(reply, "body")
		}
	}),
}
