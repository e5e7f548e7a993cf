// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var signedPopIsRefused = Mutant{
	Name: "signed-pop-is-refused", Breaks: spec.AUT50,
	Does: "message_delete_many cannot be asked for with a signature",
	API:  distrusting(func(sig signature) bool { return sig.Action == "message_delete_many" }),
}
