// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var echoLacksUnknownKeys = Mutant{
	Name: "echo-lacks-unknown-keys", Breaks: spec.FRM30,
	Does: "the echo of a body has the fields of the action and nothing else",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		body, ok := valueOf(req.Echo.Body).(object)
		action := schema.Model().Action(req.Action)
		if !ok || action == nil {
			return
		}
		maps.DeleteFunc(body, func(k string, _ any) bool {
			return !slices.ContainsFunc(action.Request, func(f schema.Field) bool { return f.Name == k })
		})
		resp.Echo.Body = rawOf(body)
	}),
}
