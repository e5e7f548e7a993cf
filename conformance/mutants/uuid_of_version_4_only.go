// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var uuidOfVersion4Only = Mutant{
	Name: "uuid-of-version-4-only", Breaks: spec.FRM65,
	Does: "a Client-ID that is a UUID of another version than 4 is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		digits := strings.ReplaceAll(req.Headers.ClientID, "-", "")
		return len(digits) == 32 && digits[12] != '4'
	}),
}
