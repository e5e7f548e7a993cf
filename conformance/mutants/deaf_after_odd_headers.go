// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterOddHeaders = Mutant{
	Name: "deaf-after-odd-headers", Breaks: spec.FRM25,
	Does: "a request whose headers are a list is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		_, list := valueOf(asked(f, frame).Headers).([]any)
		return list
	}),
}
