// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateNestsWithoutEnd = Mutant{
	Name: "update-nests-without-end", Breaks: spec.QUE49,
	Does: "queue_update says that it made metadata which lies deeper than a queue_create may bring it",
	API: replying(func(_ *wire.Request, resp *wire.Response) {
		fault, _ := valueOf(resp.Body).(object)
		if resp.Status == statusBadRequest && strings.Contains(fmt.Sprint(fault["error"]), "nests deeper") {
			resp.Status, resp.Body = statusOK, rawOf(object{})
		}
	}, "queue_update"),
}
