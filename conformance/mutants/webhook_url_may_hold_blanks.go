// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookURLMayHoldBlanks = Mutant{
	Name: "webhook-url-may-hold-blanks", Breaks: spec.SUB64,
	Does: "the URL of a webhook may hold blanks and control characters behind its host",
	Elsewhere: func(next api.Elsewhere) api.Elsewhere {
		return elsewhere{Elsewhere: next, check: func(subscriber string, options []byte) error {
			if rest, plain := strings.CutPrefix(subscriber, "http://"); plain {
				host, _, _ := strings.Cut(rest, "/")
				subscriber = "http://" + host
			}
			return next.Check(subscriber, options)
		}}
	},
}
