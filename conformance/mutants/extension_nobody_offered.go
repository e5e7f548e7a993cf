// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var extensionNobodyOffered = Mutant{
	Name: "extension-nobody-offered", Breaks: spec.FRM76,
	Does: "the handshake names the extension x-webkit-deflate-frame, whatever was offered",
	Front: shaking(nil, func(_ *http.Request, _ int, h http.Header) {
		h.Set("Sec-WebSocket-Extensions", "x-webkit-deflate-frame")
	}),
}
