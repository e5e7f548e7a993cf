// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var laterEndIsIgnored = Mutant{
	Name: "later-end-is-ignored", Breaks: spec.AUT20,
	Does: "of two tokens of one connection the one that ends first decides",
	API:  preferring(func(was, is time.Time) bool { return !was.IsZero() && (is.IsZero() || is.After(was)) }),
}
