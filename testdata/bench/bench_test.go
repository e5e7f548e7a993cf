// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

// BenchmarkRows runs each side of each row, for profiles and for benchstat.
func BenchmarkRows(b *testing.B) {
	rows, err := postRows()
	if err != nil {
		b.Fatal(err)
	}
	rates, done, err := rateRows()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(done)
	crowd, leave, err := crowdRow()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(leave)
	for _, r := range slices.Concat(rows, rates, []row{crowd}) {
		name := strings.NewReplacer(",", "", "/", "_").Replace(r.name)
		for side, do := range map[string]func(int) error{"ours": r.ours, "theirs": r.theirs} {
			b.Run(name+"/"+side, func(b *testing.B) {
				b.ReportAllocs()
				if err := do(b.N); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}
