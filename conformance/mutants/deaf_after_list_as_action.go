// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterListAsAction = Mutant{
	Name: "deaf-after-list-as-action", Breaks: spec.FRM25, Fact: "F255",
	Does: "an action that is a list or a map is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		switch valueOf(asked(f, frame).Action).(type) {
		case []any, object:
			return !asked(f, frame).Action.IsZero()
		}
		return false
	}),
}
