// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var popOfNothingIsNoContent = Mutant{
	Name: "pop-of-nothing-is-no-content", Breaks: spec.MSG52,
	Does: "message_delete_many with pop answers with status 204 when there is nothing to pop",
	API: replying(func(_ *wire.Request, resp *wire.Response) {
		body, _ := valueOf(resp.Body).(object)
		if resp.Status == statusOK && len(messagesOf(body)) == 0 {
			resp.Status, resp.Body = statusNoContent, nil
		}
	}, "message_delete_many"),
}
