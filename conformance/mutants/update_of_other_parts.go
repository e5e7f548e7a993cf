// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var updateOfOtherParts = Mutant{
	Name: "update-of-other-parts", Breaks: spec.QUE47,
	Does: "queue_update does what leads out of the metadata to a key of its own",
	API: patching(func(patch []any) []any {
		for _, op := range patch {
			op, _ := op.(object)
			if path, _ := op["path"].(string); !strings.HasPrefix(path, "/metadata/") || strings.Contains(path+"/", "//") {
				op["path"] = "/metadata/odd"
			}
		}
		return patch
	}),
}
