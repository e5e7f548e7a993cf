// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeIgnoresResourceTypes = Mutant{
	Name: "purge-ignores-resource-types", Breaks: spec.QUE37,
	Does: "queue_purge removes messages whatever its resource_types name",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "resource_types") }, "queue_purge"),
}
