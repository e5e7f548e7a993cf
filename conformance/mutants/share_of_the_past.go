// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shareOfThePast = Mutant{
	Name: "share-of-the-past", Breaks: spec.AUT69,
	Does: "queue_share signs for one day when the end that it is told is past",
	API: requesting(func(_ *wire.Request, body object) {
		if end, _ := body["expires"].(string); end < "2020" {
			delete(body, "expires")
		}
	}, "queue_share"),
}
