// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var everyWebhookLooksConfirmed = Mutant{
	Name: "every-webhook-looks-confirmed", Breaks: spec.SUB82,
	Does: "a subscription is shown as confirmed, whether it is or not",
	API: chain(
		bodies(statusOK, func(_ *wire.Request, body object) any {
			body["confirmed"] = true
			return body
		}, "subscription_get"),
		bodies(statusOK, func(_ *wire.Request, body object) any {
			list, _ := body["subscriptions"].([]any)
			for _, s := range list {
				if s, ok := s.(object); ok {
					s["confirmed"] = true
				}
			}
			return body
		}, "subscription_list"),
	),
}
