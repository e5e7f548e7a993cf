// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postSizeCountsEscapes = Mutant{
	Name: "post-size-counts-escapes", Breaks: spec.MSG11,
	Does: "message_post counts six characters for each one that is no ASCII",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		messages := string(rawOf(body["messages"]))
		return len(messages) > 1<<16 && strings.Count(messages, "中")*len(`\u4e2d`) > 262144
	}, "message_post"),
}
