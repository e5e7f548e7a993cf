// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookEndsWithItsConnection = Mutant{
	Name: "webhook-ends-with-its-connection", Breaks: spec.SUB60,
	Does: "a subscription of a webhook ends with the connection that asked for it",
	API: func(next api.Doer) api.Doer {
		return &mortal{Doer: next, made: map[*api.Session][]*wire.Request{}}
	},
}

// mortal ends the subscriptions of webhooks with the connection.
type mortal struct {
	api.Doer

	mu   sync.Mutex
	made map[*api.Session][]*wire.Request // that end them
}

func (m *mortal) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	resp := m.Doer.Do(ctx, s, req)
	if req.Action != "subscription_create" || resp.Status != statusCreated {
		return resp
	}
	body, _ := valueOf(req.Body).(object)
	reply, _ := valueOf(resp.Body).(object)
	if subscriber, _ := body["subscriber"].(string); subscriber != "" {
		end := *req
		end.Action = "subscription_delete"
		end.Body = rawOf(object{"queue_name": body["queue_name"], "subscription_id": reply["subscription_id"]})
		m.mu.Lock()
		defer m.mu.Unlock()
		m.made[s] = append(m.made[s], &end)
	}
	return resp
}

func (m *mortal) Leave(ctx context.Context, s *api.Session) {
	m.mu.Lock()
	made := m.made[s]
	delete(m.made, s)
	m.mu.Unlock()
	for _, req := range made {
		m.Doer.Do(ctx, s, req)
	}
	m.Doer.Leave(ctx, s)
}
