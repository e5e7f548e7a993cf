// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"
	"sync/atomic"

	"github.com/zaqarwire/zaqarwire/spec"
)

var everyThirdHandshakeRefused = Mutant{
	Name: "every-third-handshake-refused", Breaks: spec.FRM1,
	Does: "each third opening handshake is refused with HTTP status 503",
	Front: func(next http.Handler) http.Handler {
		var n atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n.Add(1)%3 == 0 {
				http.Error(w, "come again", http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})
	},
}
