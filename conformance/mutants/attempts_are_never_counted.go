// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var attemptsAreNeverCounted = Mutant{
	Name: "attempts-are-never-counted", Breaks: spec.AUT17, Fact: "F204",
	Does: "a connection may send bad tokens for ever",
	API:  uncounted,
}
