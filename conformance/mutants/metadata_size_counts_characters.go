// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataSizeCountsCharacters = Mutant{
	Name: "metadata-size-counts-characters", Breaks: spec.QUE11,
	Does: "queue_create counts the size of metadata in characters, not in bytes",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		return r.Path == "body.metadata" && r.Rule == ruleMaxBytes && utf8.RuneCount(rawOf(body["metadata"])) <= 65536
	}),
}
