// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var letInWithNoContent = Mutant{
	Name: "let-in-with-no-content", Breaks: spec.AUT1,
	Does: "an authenticate that lets the connection in is answered with status 204",
	API:  status(statusOK, statusNoContent, authenticate),
}
