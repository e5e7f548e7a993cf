// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var versionRefusedWithoutAnother = Mutant{
	Name: "version-refused-without-another", Breaks: spec.FRM6,
	Does: "the refusal of a handshake does not say which version is spoken",
	Front: shaking(nil, func(_ *http.Request, status int, h http.Header) {
		if status == http.StatusBadRequest {
			h.Del("Sec-WebSocket-Version")
		}
	}),
}
