// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var subprotocolNobodyOffered = Mutant{
	Name: "subprotocol-nobody-offered", Breaks: spec.FRM2,
	Does: "the handshake names the subprotocol zaqar.v2 when none was offered",
	Front: shaking(nil, func(r *http.Request, _ int, h http.Header) {
		if r.Header.Get("Sec-WebSocket-Protocol") == "" {
			h.Set("Sec-WebSocket-Protocol", "zaqar.v2")
		}
	}),
}
