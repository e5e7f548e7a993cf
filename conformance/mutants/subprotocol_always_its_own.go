// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var subprotocolAlwaysItsOwn = Mutant{
	Name: "subprotocol-always-its-own", Breaks: spec.FRM2,
	Does: "the handshake names the subprotocol zaqar.v2 whatever was offered",
	Front: shaking(nil, func(r *http.Request, _ int, h http.Header) {
		if r.Header.Get("Sec-WebSocket-Protocol") != "" {
			h.Set("Sec-WebSocket-Protocol", "zaqar.v2")
		}
	}),
}
