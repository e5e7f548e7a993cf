// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeOfMessagesEndsSubscriptions = Mutant{
	Name: "purge-of-messages-ends-subscriptions", Breaks: spec.SUB56,
	Does: "queue_purge ends the subscriptions, whatever resource_types it names",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "resource_types") }, "queue_purge"),
}
