// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var openServerRefusesTokens = Mutant{
	Name: "open-server-refuses-tokens", Breaks: spec.AUT2,
	Does: "a server that asks for no token answers each authenticate with status 401",
	Open: true,
	API:  missing(statusOK, statusUnauthorized, nil, authenticate),
}
