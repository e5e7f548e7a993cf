// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var echoOfRefusedLacksAPI = Mutant{
	Name: "echo-of-refused-lacks-api", Breaks: spec.FRM32,
	Does: "the reply to a refused request has no request.api",
	Codec: envelope(func(reply object) {
		if headers, _ := reply["headers"].(object); headers["status"] == int64(statusBadRequest) {
			if echo, ok := reply["request"].(object); ok {
				delete(echo, "api")
			}
		}
	}),
}
