// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var handshakeWithoutKey = Mutant{
	Name: "handshake-without-key", Breaks: spec.FRM7,
	Does: "a handshake without a Sec-WebSocket-Key is accepted",
	Front: shaking(func(r *http.Request) {
		if r.Header.Get("Sec-WebSocket-Key") == "" {
			r.Header.Set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
		}
	}, nil),
}
