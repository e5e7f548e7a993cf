// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var longHeaderRefused = Mutant{
	Name: "long-header-refused", Breaks: spec.FRM1,
	Does: "an opening handshake with a header of 500 bytes or more is refused with HTTP status 431",
	Front: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, values := range r.Header {
				if len(values[0]) >= 500 {
					http.Error(w, "a header is too long", http.StatusRequestHeaderFieldsTooLarge)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	},
}
