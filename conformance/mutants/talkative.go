// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// talkative adds keys that nobody knows to all it says, which clients ignore
// (FRM-41), but for what is the client's own, metadata, bodies, options and the echo, and
// for maps with names of its own as keys.
var talkative = Mutant{
	Name: "talkative", Does: "adds unknown keys to the bodies of its replies and to notifications, at every level",
	API: chain(renotifying(func(n object) { chatter(n) }), replying(func(req *wire.Request, resp *wire.Response) {
		ofTheClient := req.Action == "queue_get" || req.Action == "queue_update"
		if resp.Body == nil || ofTheClient && resp.Status == statusOK {
			return
		}
		if body, ok := valueOf(resp.Body).(object); ok {
			resp.Body = rawOf(chatter(body))
		}
	})),
}

func chatter(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = chatter(v[i])
		}
	case object:
		for key, inside := range v {
			if !slices.Contains([]string{"metadata", "body", "options", "resources", "operation_status"}, key) {
				v[key] = chatter(inside)
			}
		}
		v["x-talk"] = object{"more": []any{nil, int64(1), "…"}}
		v["href"] = "/v2/queues/somewhere"
	}
	return v
}
