// SPDX-License-Identifier: Apache-2.0

package conformance

import "github.com/zaqarwire/zaqarwire/spec"

// Unseen lists the SHOULDs of a server that no URL can show, each with the reason:
// they have no case. What follows from them is tested where the server is.
func Unseen() map[spec.ID]string {
	return map[spec.ID]string{
		spec.AUT18: "what a server checks tokens by cannot be taken away by its URL",
		spec.AUT23: "nobody sees a server's logs by its URL",
		spec.AUT62: "how long a comparison takes cannot be told from how long a reply takes",
		spec.FRM12: "how often a server pings is its own affair, and may be never",
		spec.FRM21: "nobody can make a server go down by its URL",
		spec.FRM22: "a request that fails for a reason of the server's own cannot be asked for",
		spec.FRM23: "what a server stores in cannot be taken away by its URL",
		spec.FRM24: "how much a server keeps for a client that does not read is its own affair",
		spec.POL36: "the last pool of a server that others use cannot be taken away",
		spec.FRM78: "who reaches the limit locks out whoever else uses the server, the other cases of the run included",
		spec.FRM37: "a failure of the server's own cannot be asked for, and its text not be told from another",
		spec.SUB16: "as many subscribers as a queue may have are more than a run should open",
	}
}
