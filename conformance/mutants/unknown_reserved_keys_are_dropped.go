// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownReservedKeysAreDropped = Mutant{
	Name: "unknown-reserved-keys-are-dropped", Breaks: spec.QUE53,
	Does: "queue_create drops keys of the metadata that begin with _ and have no meaning",
	API: requesting(func(_ *wire.Request, body object) {
		maps.DeleteFunc(metadataOf(body), func(key string, _ any) bool {
			return strings.HasPrefix(key, "_") && !slices.Contains(reservedKeys, key)
		})
	}, "queue_create"),
}

// reservedKeys are those that have a meaning.
var reservedKeys = []string{
	"_default_message_ttl", "_max_messages_post_size", "_default_message_delay", "_max_claim_count", "_dead_letter_queue",
	"_dead_letter_queue_messages_ttl", "_retry_policy", "_enable_encrypt_messages", "_flavor",
}
