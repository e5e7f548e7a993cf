// SPDX-License-Identifier: Apache-2.0

package conformance

import "github.com/zaqarwire/zaqarwire/spec"

// The rules that every reply and notification is held to, whatever a case is about.
const (
	ruleHandshake = spec.FRM1
	ruleOfPongs   = spec.FRM11
	ruleOneReply  = spec.FRM25
	ruleOrder     = spec.FRM26
	ruleKind      = spec.FRM27
	ruleReadable  = spec.FRM28
	ruleEnvelope  = spec.FRM29
	ruleEcho      = spec.FRM30
	ruleEmptyEcho = spec.FRM31
	ruleAPI       = spec.FRM32
	ruleErrorBody = spec.FRM35
	ruleFrame     = spec.FRM73

	ruleUnsubscribed = spec.SUB13
	ruleNotification = spec.SUB41
	ruleKindOfNews   = spec.SUB43
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
