// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signaturesNeverEnd = Mutant{
	Name: "signatures-never-end", Breaks: spec.AUT53,
	Does: "a signature is good after its end",
	API: trusting(func(sig signature) bool {
		return sig.whole && sig.method && sig.path && !sig.ends.IsZero() && sig.ends.Before(time.Now())
	}),
}
