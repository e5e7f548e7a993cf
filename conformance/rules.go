// SPDX-License-Identifier: Apache-2.0

package conformance

import "github.com/zaqarwire/zaqarwire/spec"

// The rules that every reply is held to, whatever a case is about.
const (
	ruleHandshake spec.ID = "FRM-1"
	ruleOneReply  spec.ID = "FRM-25"
	ruleOrder     spec.ID = "FRM-26"
	ruleKind      spec.ID = "FRM-27"
	ruleReadable  spec.ID = "FRM-28"
	ruleEnvelope  spec.ID = "FRM-29"
	ruleEcho      spec.ID = "FRM-30"
	ruleEmptyEcho spec.ID = "FRM-31"
	ruleAPI       spec.ID = "FRM-32"
	ruleErrorBody spec.ID = "FRM-35"
)

// The headers of every request that a case does not change.
const (
	headerClient  = "Client-ID"
	headerProject = "X-Project-ID"
)

// secretHeaders are never echoed, printed or saved.
func secretHeaders() map[string]bool {
	return map[string]bool{"X-Auth-Token": true, "URL-Signature": true}
}
