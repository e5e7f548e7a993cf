// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"context"
	"errors"
	"testing"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/pooled"
)

// newPooled is an API over a store that begins without a pool, and opens any.
func newPooled(t *testing.T) *server {
	t.Helper()
	s := newServer(t)
	pools := pooled.New(memory.NewControl(), func(store.Pool) (store.Data, error) { return memory.New(nil), nil })
	s.over(api.Options{Store: pools, Control: pools})
	return s
}

func TestWithoutAPoolEveryActionAboutQueuesIsUnavailable(t *testing.T) {
	t.Parallel()
	s := newPooled(t)
	for action, more := range map[string]string{
		"queue_create": "", "queue_get": "", "queue_list": "", "queue_get_stats": "", "queue_delete": "", "queue_purge": "",
		"message_post": `,"messages":[{"body":1}]`, "message_list": "", "message_get": `,"message_id":"x"`,
		"message_get_many": `,"message_ids":["x"]`, "message_delete": `,"message_id":"x"`, "message_delete_many": `,"pop":1`,
		"claim_create": "", "claim_get": `,"claim_id":"x"`, "claim_update": `,"claim_id":"x"`, "claim_delete": `,"claim_id":"x"`,
		"ping_node": "",
	} {
		s.want(503, "", action, `{"queue_name":"q"`+more+`}`) // POL-36
	}
	s.want(200, `{"storage_reachable":false,"operation_status":{"ping":{"succeeded":false}}}`, "check_node_health", "")
	s.want(200, `{"pools":[],"marker":""}`, "pool_list", "")
	s.want(201, `{}`, "pool_create", `{"pool_name":"a","uri":"memory://a","weight":1}`)
	s.want(204, `{}`, "ping_node", "")
	s.want(201, "", "queue_create", `{"queue_name":"q"}`)
	s.want(403, "", "pool_delete", `{"pool_name":"a"}`)
}

func TestPoolsAndFlavorsAreShown(t *testing.T) {
	t.Parallel()
	s := newPooled(t)
	s.want(201, `{}`, "pool_create", `{"pool_name":"b","uri":"memory://b","weight":1}`)
	s.want(201, `{}`, "pool_create", `{"pool_name":"a","uri":"memory://a","weight":2,"options":{"x":1}}`)
	s.want(201, `{}`, "flavor_create", `{"flavor_name":"fast","pool_list":["b","a"]}`)
	s.want(200, `{"name":"a","uri":"memory://a","weight":2,"flavor":"fast"}`, "pool_get", `{"pool_name":"a"}`)
	s.want(200, `{"pools":[{"name":"b","uri":"memory://b","weight":1,"flavor":"fast","options":{}}],"marker":"b"}`,
		"pool_list", `{"marker":"a","detailed":true}`)
	s.want(200, `{"name":"a","uri":"memory://a","weight":0,"flavor":"fast"}`, "pool_update", `{"pool_name":"a","weight":0}`)
	s.want(400, "", "pool_update", `{"pool_name":"a"}`)
	s.want(200, `{"flavors":[{"name":"fast","pool_list":["a","b"],"capabilities":["FIFO","CLAIMS"]}],"marker":"fast"}`, "flavor_list", "")
	s.want(200, `{"name":"fast","pool_list":["b"],"capabilities":["FIFO","CLAIMS"]}`,
		"flavor_update", `{"flavor_name":"fast","pool_list":["b"]}`)
	s.want(204, `{}`, "flavor_delete", `{"flavor_name":"fast"}`)
	s.want(404, "", "flavor_get", `{"flavor_name":"fast"}`)
}

type unreachable struct{ *memory.Store }

func (unreachable) Ping(context.Context) error { return errors.New("dial 10.0.0.7: no route to host") }

func TestAStoreThatCannotBeReachedIsToldOfWithoutDetail(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.over(api.Options{Store: unreachable{memory.New(nil)}, Control: memory.NewControl()})
	s.want(503, `{"error":"What the server stores in cannot be reached."}`, "ping_node", "")
	s.want(200, `{"storage_reachable":false,"operation_status":{"ping":{"succeeded":false}}}`, "check_node_health", "")
}
