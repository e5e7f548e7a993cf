// SPDX-License-Identifier: Apache-2.0

package mutants

// Lawful are servers that break no MUST, however they look.
func Lawful() []Mutant {
	return []Mutant{sound}
}

// sound is the reference server as it is.
var sound = Mutant{Name: "sound", Does: "nothing wrong"}
