// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var badTokenIsForbidden = Mutant{
	Name: "bad-token-is-forbidden", Breaks: spec.AUT14,
	Does: "an authenticate with a bad token is answered with status 403",
	API:  status(statusUnauthorized, statusForbidden, authenticate),
}
