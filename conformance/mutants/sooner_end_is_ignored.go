// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var soonerEndIsIgnored = Mutant{
	Name: "sooner-end-is-ignored", Breaks: spec.AUT20,
	Does: "of two tokens of one connection the one that ends last decides",
	API:  preferring(func(was, is time.Time) bool { return !is.IsZero() && (was.IsZero() || was.After(is)) }),
}
