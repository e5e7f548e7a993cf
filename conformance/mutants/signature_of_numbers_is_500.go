// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureOfNumbersIs500 = Mutant{
	Name: "signature-of-numbers-is-500", Breaks: spec.AUT59,
	Does: "URL-Methods or URL-Paths of another type are answered with status 500",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Refusal != nil && req.Refusal.Rule == ruleType && strings.HasPrefix(req.Refusal.Path, "headers.URL-") {
			resp.Status = statusInternal
		}
	}),
}
