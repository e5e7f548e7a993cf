// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var openServerNeverAnswersAuthenticate = Mutant{
	Name: "open-server-never-answers-authenticate", Breaks: spec.FRM25, Fact: "F254",
	Does: "a server that asks for no token is deaf after an authenticate",
	Open: true,
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		return valueOf(asked(f, frame).Action) == authenticate
	}),
}
