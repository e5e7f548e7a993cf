// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimIDsAreIgnored = Mutant{
	Name: "claim-ids-are-ignored", Breaks: spec.MSG51,
	Does: "message_delete_many refuses claimed messages also under their claims",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "claim_ids") }, "message_delete_many"),
}
