// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var emptyMarkerIsRefused = Mutant{
	Name: "empty-marker-is-refused", Breaks: spec.MSG33,
	Does: "message_list refuses a marker that is an empty string",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		marker, is := body["marker"]
		return is && marker == ""
	}, "message_list"),
}
