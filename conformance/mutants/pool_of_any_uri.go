// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolOfAnyURI = Mutant{
	Name: "pool-of-any-uri", Breaks: spec.POL4,
	Does: "pool_create and pool_update take a URI that nobody can open for one in memory",
	API: requesting(func(_ *wire.Request, body object) {
		name, _ := body["pool_name"].(string)
		if uri, ok := body["uri"].(string); ok && (!strings.HasPrefix(uri, "memory://") || strings.Contains(uri, "%")) {
			body["uri"] = "memory://mended." + name
		}
	}, "pool_create", "pool_update"),
}
