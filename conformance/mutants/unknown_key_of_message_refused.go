// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownKeyOfMessageRefused = Mutant{
	Name: "unknown-key-of-message-refused", Breaks: spec.FRM58,
	Does: "a posted message with a key that is unknown is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		body, _ := valueOf(req.Body).(object)
		return req.Action == "message_post" && slices.ContainsFunc(messagesOf(body), func(m object) bool {
			_, ttl := m["ttl"]
			_, content := m["body"]
			return len(m) > 2 || len(m) == 2 && (!ttl || !content)
		})
	}),
}
