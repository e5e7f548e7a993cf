// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var reservedKeysOfAnyKind = Mutant{
	Name: "reserved-keys-of-any-kind", Breaks: spec.QUE41,
	Does: "queue_create takes any value of a reserved key, and forgets it",
	Codec: unkeyed("QUE-41", "_default_message_delay", "_max_claim_count", "_dead_letter_queue_messages_ttl",
		"_retry_policy", "_enable_encrypt_messages"),
}
