// SPDX-License-Identifier: Apache-2.0

package conformance

import "slices"

// shrink finds a short list that still fails: it leaves out ever smaller parts,
// then puts simpler items for those that are left. What it returns fails, if the
// list did; fails decides when it has tried enough, by saying no.
func shrink[T any](list []T, simpler func(T) []T, fails func([]T) bool) []T {
	for part := max(1, len(list)/2); part > 0; part /= 2 {
		for at := len(list) - part; at >= 0; at -= part {
			if at+part > len(list) {
				continue
			}
			if rest := slices.Delete(slices.Clone(list), at, at+part); fails(rest) {
				list = rest
			}
		}
	}
	for i := range list {
		for _, s := range simpler(list[i]) {
			less := slices.Clone(list)
			if less[i] = s; fails(less) {
				list = less
				break
			}
		}
	}
	return list
}
