// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	_ "embed"
	"strings"
)

//go:embed survivors.txt
var survivors string

// Survivors are the generated faults that the suite does not find, each with the
// argument why that is right: what it changes is nobody's business, or cannot be seen.
func Survivors() map[string]string {
	argued := map[string]string{}
	for line := range strings.Lines(survivors) {
		name, why, ok := strings.Cut(strings.TrimSpace(line), "#")
		if name = strings.TrimSpace(name); ok && name != "" {
			argued[name] = strings.TrimSpace(why)
		}
	}
	return argued
}
