// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var echoLacksUnknownHeaders = Mutant{
	Name: "echo-lacks-unknown-headers", Breaks: spec.FRM30,
	Does: "the echo of the headers has Client-ID and X-Project-ID and nothing else",
	API: replying(func(_ *wire.Request, resp *wire.Response) {
		if headers, ok := valueOf(resp.Echo.Headers).(object); ok && len(headers) > 0 {
			maps.DeleteFunc(headers, func(k string, _ any) bool { return k != "Client-ID" && k != "X-Project-ID" })
			resp.Echo.Headers = rawOf(headers)
		}
	}),
}
