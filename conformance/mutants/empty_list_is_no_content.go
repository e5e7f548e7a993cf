// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var emptyListIsNoContent = Mutant{
	Name: "empty-list-is-no-content", Breaks: spec.MSG23,
	Does: "message_list answers with status 204 when there is nothing to show",
	API: replying(func(_ *wire.Request, resp *wire.Response) {
		body, _ := valueOf(resp.Body).(object)
		if resp.Status == statusOK && len(messagesOf(body)) == 0 {
			resp.Status, resp.Body = statusNoContent, nil
		}
	}, "message_list"),
}
