// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureInAnyCase = Mutant{
	Name: "signature-in-any-case", Breaks: spec.AUT54,
	Does: "a signature in upper case is as good as one in lower case",
	API: requesting(func(req *wire.Request, _ object) {
		req.Headers.URLSignature = strings.ToLower(req.Headers.URLSignature)
	}),
}
