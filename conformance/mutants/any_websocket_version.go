// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var anyWebsocketVersion = Mutant{
	Name: "any-websocket-version", Breaks: spec.FRM6,
	Does:  "a handshake of any version of WebSocket is accepted",
	Front: shaking(func(r *http.Request) { r.Header.Set("Sec-WebSocket-Version", "13") }, nil),
}
