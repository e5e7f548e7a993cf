// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var whiteSpaceRefused = Mutant{
	Name: "white-space-refused", Breaks: spec.FRM43,
	Does: "a text message with white space around the value is refused",
	Codec: choosy(func(_ *wire.Request, f wire.Format, frame []byte) bool {
		return f == wire.JSON && len(bytes.TrimSpace(frame)) < len(frame)
	}),
}
