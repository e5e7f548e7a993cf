// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// node is for the cases about what a server says of itself.
var (
	node      = Rule{Needs: []string{"node"}}
	nodeAdmin = Rule{Needs: node.Needs, As: []identity{asAdmin}}
)

// health are the cases of spec/health.md.
func health(s *suite) {
	s.checkWith(spec.HLT1, "maps", node, func(ctx context.Context, p *Peer) {
		a := p.Do(ctx, "get_home_doc", nil).WantStatus(200)
		resources, _ := a.Want("body.resources", Having(M{})).Get("body.resources").(M)
		var all L
		for _, name := range sortedKeys(resources) {
			all = append(all, resources[name])
		}
		p.Want("each of body.resources", all, Each(Having(M{})))
	})

	s.checkWith(spec.HLT2, "each-action", node, func(ctx context.Context, p *Peer) {
		a := p.Do(ctx, "get_home_doc", nil).WantStatus(200)
		for _, action := range schema.Model().Actions {
			if !p.lacks(action.Name) {
				a.Want("body.resources."+action.Name, Having(M{}))
			}
		}
	})

	s.checkWith(spec.HLT7, "each-limit", node, func(ctx context.Context, p *Peer) {
		a := p.Do(ctx, "get_home_doc", nil).WantStatus(200)
		for _, name := range LimitNames() {
			a.Want("body.limits."+name, p.Limit(name))
		}
	})

	s.checkWith(spec.HLT3, "a-ping", node, func(ctx context.Context, p *Peer) {
		p.Do(ctx, "ping_node", nil).WantStatus(204)
		p.Do(ctx, "ping_node", nil, NoKey("body")).WantStatus(204)
	})

	s.checkWith(spec.HLT4, "a-server-that-serves", nodeAdmin, func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_create", M{"queue_name": p.Name()}).WantStatus(201)
		p.Do(ctx, "check_node_health", nil).WantStatus(200).Want("body.storage_reachable", true)
	})

	s.checkWith(spec.HLT5, "what-was-tried", nodeAdmin, func(ctx context.Context, p *Peer) {
		a := p.Do(ctx, "check_node_health", nil).WantStatus(200)
		tried, _ := a.Want("body.operation_status", Having(M{})).Get("body.operation_status").(M)
		for _, name := range sortedKeys(tried) {
			a.Want("body.operation_status."+name+".succeeded", OneOf(true, false))
		}
		p.Want("what was tried", len(tried), AtLeast(1))
	})
	negatives(s, "health")
}
