// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"maps"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
)

// bench is a queue with a free message and a claim that holds another, a flavor of
// one pool and a pool of none where the target has such, all of weight 0, and numbers
// that the target accepts.
type bench struct {
	pool, loose, flavor      string
	newPool, newFlavor       string // names
	uri, newURI              string
	queue, free, held, claim string
	unused                   string // the name of a queue that is not there
	subscription             string // of the connection to the queue, if the target has them
	life, ttl, grace         int    // of a message, of a claim, of what it holds
	lease                    int    // the ttl of the claim as it was made
	size                     int    // of a post
	term                     int    // of a subscription
}

func newBench(ctx context.Context, p *Peer) bench {
	p.rise(ctx) // for what only administrators may ask for
	queue := p.NewQueue(ctx)
	ids := p.Post(ctx, queue, "held", "free")
	lease := int(p.Limit("default_claim_ttl"))
	claim, _ := p.Claim(ctx, queue, M{"limit": 1, "ttl": lease})
	subscription := ""
	if !p.lacks("subscription_create") {
		holder := p
		if p.Limit("max_subscriptions_per_connection") == 1 { // the calls make one more
			holder = p.Another(ctx)
		}
		subscription = holder.Subscribe(ctx, queue)
	}
	b := bench{
		unused: p.Name(), subscription: subscription, term: int(p.Limit("default_subscription_ttl")),
		queue: queue, held: ids[0], free: ids[1], claim: claim, lease: lease, size: int(p.Limit("max_messages_post_size")),
		life: int(p.Limit("max_message_ttl")), ttl: int(p.Limit("max_claim_ttl")), grace: int(p.Limit("min_claim_grace")),
	}
	if !p.lacks("pool_create") {
		b.pool, b.loose = p.NewPool(ctx), p.NewPool(ctx)
		b.uri, b.flavor = p.poolURI(b.pool), p.NewFlavor(ctx, b.pool)
		b.newPool, b.newFlavor = p.scene.fresh(), p.scene.fresh()
		b.newURI = p.poolURI(b.newPool)
	}
	return b
}

// wantUntouched judges that the bench is as it was made.
func (b bench) wantUntouched(ctx context.Context, p *Peer) {
	p.Do(ctx, "message_list", M{"queue_name": b.queue, "echo": true}).Want("body.messages[*].id", L{b.free})
	p.Do(ctx, "claim_get", M{"queue_name": b.queue, "claim_id": b.claim}).
		Want("body.messages[*].id", L{b.held}).
		Want("body.ttl", b.lease)
	if b.subscription != "" {
		p.Do(ctx, "subscription_list", M{"queue_name": b.queue}).
			Want("body.subscriptions[*].id", L{b.subscription}).
			Want("body.subscriptions[0].ttl", b.term)
	}
	if b.pool == "" {
		return
	}
	p.pool(ctx, b.pool).Want("body", Having(M{"uri": b.uri, "weight": 0, "flavor": b.flavor, "options": M{}}))
	p.pool(ctx, b.loose).Want("body", Having(M{"weight": 0, "flavor": nil}))
	p.Do(ctx, "flavor_get", M{"flavor_name": b.flavor}).Want("body.pool_list", L{b.pool})
	p.Do(ctx, "pool_get", M{"pool_name": b.newPool}).WantError(404)
	p.Do(ctx, "flavor_get", M{"flavor_name": b.newFlavor}).WantError(404)
}

// call is a request with every field that its action has, each of them fine.
type call struct {
	action   string
	body     M
	accepted []int
}

// calls are all actions, those that take most away last.
func (b bench) calls() []call {
	all := []call{
		{"queue_create", M{"metadata": b.reserved()}, []int{204}},
		{"queue_update", M{"patch": L{M{"op": "add", "path": "/metadata/colour", "value": "blue"}}}, []int{200}},
		{"queue_get", M{}, []int{200}},
		{"queue_list", M{"marker": "", "limit": 1, "detailed": true}, []int{200}},
		{"queue_get_stats", M{}, []int{200}},
		{"queue_share", M{"paths": L{"messages"}, "methods": L{"GET"}, "expires": farEnd}, []int{200}},
		{"message_post", M{"messages": L{M{"ttl": b.life, "delay": 0, "body": 1}}}, []int{201}},
		{"message_list", M{"marker": "", "limit": 1, "echo": true, "include_claimed": false, "include_delayed": false}, []int{200}},
		{"message_get", M{"message_id": b.free}, []int{200}},
		{"message_get_many", M{"message_ids": L{b.free}}, []int{200}},
		{"claim_get", M{"claim_id": b.claim}, []int{200}},
		{"claim_update", M{"claim_id": b.claim, "ttl": b.ttl, "grace": b.grace}, []int{204}},
		{"subscription_create", M{"queue_name": b.unused, "subscriber": "", "ttl": b.term, "options": everyOption()}, []int{201, 409}},
		{"subscription_get", M{"subscription_id": b.subscription}, []int{200}},
		{"subscription_list", M{"marker": "", "limit": 1}, []int{200}},
		{"subscription_confirm", M{"subscription_id": b.subscription, "confirmed": true}, []int{403}},
		{"subscription_update", M{
			"subscription_id": b.subscription, "subscriber": "", "ttl": b.term, "options": everyOption(),
		}, []int{204}},
		{"message_delete", M{"message_id": b.held, "claim_id": b.claim}, []int{204}},
		{"message_delete_many", M{"message_ids": L{b.free}, "claim_ids": L{b.claim}}, []int{204}},
		{"message_delete_many", M{"pop": 1}, []int{200}},
		{"claim_create", M{"limit": 1, "ttl": b.ttl, "grace": b.grace}, []int{201, 204}},
		{"claim_delete", M{"claim_id": b.claim}, []int{204}},
		{"subscription_delete", M{"subscription_id": b.subscription}, []int{204}},
		{"queue_purge", M{"resource_types": L{"messages"}}, []int{204}},
		{"queue_delete", M{}, []int{204}},
	}
	for _, c := range all {
		if c.action != "queue_list" && c.body["queue_name"] == nil {
			c.body["queue_name"] = b.queue
		}
	}
	return append(all, b.ofOperators()...)
}

// ofOperators are the calls about pools, flavors and the node.
func (b bench) ofOperators() []call {
	return []call{
		{"pool_list", M{"marker": "", "limit": 1, "detailed": true}, []int{200}},
		{"pool_get", M{"pool_name": b.pool, "detailed": true}, []int{200}},
		{"pool_create", M{
			"pool_name": b.newPool, "uri": b.newURI, "weight": 0, "flavor": b.flavor, "options": M{},
		}, []int{201}},
		{"pool_update", M{"pool_name": b.pool, "uri": b.uri, "weight": 0, "flavor": b.flavor, "options": M{}}, []int{200}},
		{"flavor_list", M{"marker": "", "limit": 1}, []int{200}},
		{"flavor_get", M{"flavor_name": b.flavor}, []int{200}},
		{"flavor_create", M{"flavor_name": b.newFlavor, "pool_list": L{b.loose}, "capabilities": M{}}, []int{201}},
		{"flavor_update", M{"flavor_name": b.flavor, "pool_list": L{b.pool}}, []int{200}},
		{"flavor_delete", M{"flavor_name": b.newFlavor}, []int{204}},
		{"pool_delete", M{"pool_name": b.loose}, []int{204}},
		{"get_home_doc", M{}, []int{200}},
		{"ping_node", M{}, []int{204}},
		{"check_node_health", M{}, []int{200}},
	}
}

// reserved are the keys of metadata that are the server's.
func (b bench) reserved() M {
	return M{
		"_default_message_ttl": b.life, "_max_messages_post_size": b.size, "_default_message_delay": 0,
		"_max_claim_count": 1, "_dead_letter_queue": b.queue + "-dead", "_dead_letter_queue_messages_ttl": b.life,
		"_enable_encrypt_messages": false,
		"_retry_policy": M{
			"retries_with_no_delay": 1, "minimum_delay_retries": 1, "minimum_delay": 5, "maximum_delay": 30,
			"maximum_delay_retries": 1, "retry_backoff_function": "linear", "ignore_subscription_override": true,
		},
	}
}

// offered are the calls of those actions that the target is not declared to lack.
func (b bench) offered(p *Peer) []call {
	return slices.DeleteFunc(b.calls(), func(c call) bool { return p.lacks(c.action) })
}

// guarded are those of the offered calls for which one has to be let in.
func (b bench) guarded(p *Peer) []call {
	return slices.DeleteFunc(b.offered(p), func(c call) bool { return schema.Model().Action(c.action).Access == "anyone" })
}

// everyOption are options of a subscription with each key that the schema has.
func everyOption() M {
	return M{
		"post_headers": M{"X-Colour": "green"}, "post_data": `{"news": "$zaqar_message$"}`,
		"_retry_policy": M{
			"retries_with_no_delay": 2, "minimum_delay_retries": 2, "minimum_delay": 5, "maximum_delay": 20, "maximum_delay_retries": 1,
			"retry_backoff_function": "linear", "ignore_subscription_override": false,
		},
	}
}

// rule is that of a case about the call's action alone.
func (c call) rule() Rule { return ruleOf(c.action) }

// ruleOf is that of a case about an action alone.
func ruleOf(action string) Rule {
	r := Rule{Needs: needsOf(action)}
	if schema.Model().Action(action).Access == "admin" {
		r.As = []identity{asAdmin}
	}
	return r
}

// lacks says whether the target is declared to lack an action, or the peer cannot rise
// to ask for it.
func (p *Peer) lacks(action string) bool {
	r := ruleOf(action)
	return p.scene.run.target.Profile.lacks(r.Needs) != "" || r.As != nil && !p.scene.run.target.raises(p.project)
}

// without says whether the target is declared to lack what the place is a part of.
func (p *Peer) without(w place) bool { return p.scene.run.target.Profile.lacks(w.needs) != "" }

// needsOf are the feature and the extension without which a target lacks an action.
func needsOf(action string) []string {
	a := schema.Model().Action(action)
	return slices.DeleteFunc([]string{a.Feature, a.Extension}, func(name string) bool { return name == "" })
}

// among is the call's body with every field that only other actions have.
func (c call) among(all []call) M {
	body := M{}
	for _, other := range all {
		maps.Copy(body, other.body)
	}
	if c.action == "message_delete_many" {
		delete(body, "pop") // its own, but for its other form
	}
	maps.Copy(body, c.body)
	return body
}

// setting is a copy of m in which a key has another value.
func setting(m M, key string, value any) M {
	m = maps.Clone(m)
	m[key] = value
	return m
}

// lacking is a copy of m without a key.
func lacking(m M, key string) M {
	m = maps.Clone(m)
	delete(m, key)
	return m
}

// onlyIn are the values, if the case runs in the one format that has them.
func onlyIn(p *Peer, f Format, values ...any) L {
	if p.Format() != f {
		return nil
	}
	return values
}

// unechoed is Peer.Ask without a verdict on the echo, for a request that a
// target may find impossible to decode or to echo.
func unechoed(ctx context.Context, p *Peer, request M) *Answer {
	return p.DoFrame(ctx, p.Format().kind(), p.Encode(request))
}
