// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net/http"

	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookGoesAnywhere = Mutant{
	Name: "webhook-goes-anywhere", Breaks: spec.SUB72, Fact: "F192",
	Does:      "a webhook may be at any address",
	Elsewhere: unchecked(spec.SUB72),
	Post:      func(http.RoundTripper) http.RoundTripper { return &http.Transport{DisableKeepAlives: true} },
}
