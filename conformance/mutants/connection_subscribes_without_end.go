// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var connectionSubscribesWithoutEnd = Mutant{
	Name: "connection-subscribes-without-end", Breaks: spec.SUB15,
	Does: "a connection may have any number of subscriptions",
	API:  missing(statusForbidden, statusCreated, object{"subscription_id": "more"}, "subscription_create"),
}
