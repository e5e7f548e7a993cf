// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var allSubprotocolsNamed = Mutant{
	Name: "all-subprotocols-named", Breaks: spec.FRM2,
	Does: "the handshake names all subprotocols that were offered, and not one of them",
	Front: shaking(nil, func(r *http.Request, _ int, h http.Header) {
		if offered := r.Header.Get("Sec-WebSocket-Protocol"); offered != "" {
			h.Set("Sec-WebSocket-Protocol", offered)
		}
	}),
}
