// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var getOfNoMessageIsNoContent = Mutant{
	Name: "get-of-no-message-is-no-content", Breaks: spec.MSG35,
	Does: "message_get answers with status 204 when there is no such message",
	API:  missing(statusNotFound, statusNoContent, nil, "message_get"),
}
