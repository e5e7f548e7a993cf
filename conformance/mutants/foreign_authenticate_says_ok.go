// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var foreignAuthenticateSaysOk = Mutant{
	Name: "foreign-authenticate-says-ok", Breaks: spec.AUT11, Fact: "F200",
	Does: "an authenticate for another project than that of its token is answered with status 200, and lets nobody in",
	API:  missing(statusForbidden, statusOK, object{"message": "Authentified."}, authenticate),
}
