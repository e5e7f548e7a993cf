// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeOfUnknownTypes = Mutant{
	Name: "purge-of-unknown-types", Breaks: spec.QUE38, Fact: "F314",
	Does: "queue_purge passes over resource types that it does not know",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		list, _ := body["resource_types"].([]any)
		body["resource_types"] = slices.DeleteFunc(list, func(v any) bool { return v != "messages" && v != "subscriptions" })
		return strings.HasPrefix(r.Path, "body.resource_types[")
	}),
}
