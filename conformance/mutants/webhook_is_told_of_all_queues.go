// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"maps"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsToldOfAllQueues = Mutant{
	Name: "webhook-is-told-of-all-queues", Breaks: spec.SUB45,
	Does: "a webhook is posted the messages of every queue of its project that has one",
	Elsewhere: func(next api.Elsewhere) api.Elsewhere {
		var known memo[string, map[string]store.Subscription]
		return elsewhere{Elsewhere: next, deliver: func(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
			all, _ := known.get(q.Project)
			all = maps.Clone(all)
			if all == nil {
				all = map[string]store.Subscription{}
			}
			all[q.Name+" "+s.ID] = s
			known.put(q.Project, all)
			for name, s := range all {
				queue, _, _ := strings.Cut(name, " ")
				next.Deliver(ctx, store.Queue{Project: q.Project, Name: queue}, s, n)
			}
		}}
	},
}
