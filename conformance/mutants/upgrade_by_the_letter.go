// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var upgradeByTheLetter = Mutant{
	Name: "upgrade-by-the-letter", Breaks: spec.FRM1,
	Does: "an opening handshake is refused unless Connection is Upgrade and Upgrade is websocket, by the letter",
	Front: shaking(func(r *http.Request) {
		if r.Header.Get("Connection") != "Upgrade" || r.Header.Get("Upgrade") != "websocket" {
			r.Header.Del("Upgrade")
		}
	}, nil),
}
