// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeRefusesAnyResourceTypes = Mutant{
	Name: "purge-refuses-any-resource-types", Breaks: spec.QUE34,
	Does: "queue_purge refuses any list of resource_types",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		_, named := body["resource_types"]
		return named
	}, "queue_purge"),
}
