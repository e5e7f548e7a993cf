// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataSizeCountsEscapes = Mutant{
	Name: "metadata-size-counts-escapes", Breaks: spec.QUE9,
	Does: "queue_create counts six characters for each one that is no ASCII in metadata",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		escaped := strconv.QuoteToASCII(string(rawOf(body["metadata"])))
		return strings.Contains(escaped, `\u`) && len(escaped) > 65536
	}, "queue_create"),
}
