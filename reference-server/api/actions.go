// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// actions is every action there is, in the order of the schema.
var actions = map[string]handler{
	"authenticate":         typed(authenticate),
	"queue_create":         typed(queueCreate),
	"queue_update":         typed(queueUpdate),
	"queue_list":           typed(queueList),
	"queue_get":            typed(queueGet),
	"queue_delete":         typed(queueDelete),
	"queue_get_stats":      typed(queueGetStats),
	"queue_purge":          typed(queuePurge),
	"queue_share":          typed(queueShare),
	"message_post":         typed(messagePost),
	"message_list":         typed(messageList),
	"message_get":          typed(messageGet),
	"message_get_many":     typed(messageGetMany),
	"message_delete":       typed(messageDelete),
	"message_delete_many":  typed(messageDeleteMany),
	"claim_create":         typed(claimCreate),
	"claim_get":            typed(claimGet),
	"claim_update":         typed(claimUpdate),
	"claim_delete":         typed(claimDelete),
	"subscription_create":  typed(subscriptionCreate),
	"subscription_get":     typed(subscriptionGet),
	"subscription_list":    typed(subscriptionList),
	"subscription_update":  typed(subscriptionUpdate),
	"subscription_delete":  typed(subscriptionDelete),
	"subscription_confirm": typed(subscriptionConfirm),
	"pool_create":          typed(poolCreate),
	"pool_get":             typed(poolGet),
	"pool_list":            typed(poolList),
	"pool_update":          typed(poolUpdate),
	"pool_delete":          typed(poolDelete),
	"flavor_create":        typed(flavorCreate),
	"flavor_get":           typed(flavorGet),
	"flavor_list":          typed(flavorList),
	"flavor_update":        typed(flavorUpdate),
	"flavor_delete":        typed(flavorDelete),
	"get_home_doc":         typed(getHomeDoc),
	"ping_node":            typed(pingNode),
	"check_node_health":    typed(checkNodeHealth),
}

// handler answers one action. A nil body is an empty map; an error stands for both.
type handler func(ctx context.Context, a *API, c caller) (status int, body msgp.Marshaler, err error)

// typed decodes the body before it calls do, so that no action does it itself.
func typed[B any, P interface {
	*B
	msgp.Unmarshaler
}](do func(ctx context.Context, a *API, c caller, b *B) (int, msgp.Marshaler, error)) handler {
	return func(ctx context.Context, a *API, c caller) (int, msgp.Marshaler, error) {
		b := new(B)
		if err := c.Body.Decode(P(b)); err != nil {
			return 0, nil, fmt.Errorf("decode a checked body: %w", err) // ours, not the client's
		}
		return do(ctx, a, c, b)
	}
}

// caller is who asks, and what for.
type caller struct {
	*wire.Request
	session *Session
	signed  bool   // it is let in by the signature of the request, if at all
	project string // the one that it acts in
}

// client is the Client-ID in the one spelling we compare: a UUID may come with
// or without hyphens and in either case (FRM-66).
func (c caller) client() string {
	return strings.ToLower(strings.ReplaceAll(c.Headers.ClientID, "-", ""))
}

func (c caller) queue(name string) store.Queue {
	return store.Queue{Project: c.project, Name: name}
}

// maxReply bounds the message bodies and metadata in one listing, claim or pop,
// in bytes of MessagePack, so that its text form stays within what clients read.
// At least one message is always returned (MSG-54).
const maxReply = 16 << 20

// batch is a request's limit, or n when it has none.
func batch(limit *int64, n int64) store.Batch {
	return store.Batch{Limit: int(or(limit, n)), Bytes: maxReply}
}

// or is an optional field, or what stands for it when it is absent.
func or[T any](field *T, absent T) T {
	if field == nil {
		return absent
	}
	return *field
}

// seconds is a number of seconds of the protocol.
func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }

// whole is a duration in the protocol's whole seconds, rounded down.
func whole(d time.Duration) int64 { return int64(d / time.Second) }

// field is the value under a key of a checked map, or nil.
func field(m wire.Raw, key string) wire.Raw {
	n, rest, err := msgp.ReadMapHeaderBytes(m)
	for ; err == nil && n > 0; n-- {
		var name []byte
		var value wire.Raw
		if name, rest, err = msgp.ReadStringZC(rest); err != nil {
			return nil
		}
		if rest, err = value.UnmarshalMsg(rest); err == nil && string(name) == key {
			return value
		}
	}
	return nil
}

// mapped is a list as a reply shows it.
func mapped[T, U any](list []T, of func(*T) U) []U {
	shown := make([]U, 0, len(list))
	for i := range list {
		shown = append(shown, of(&list[i]))
	}
	return shown
}
