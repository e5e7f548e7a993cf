// SPDX-License-Identifier: Apache-2.0

package mutants

// Generated are the faults that the schema gives rise to.
func Generated() []Mutant {
	return nil
}
