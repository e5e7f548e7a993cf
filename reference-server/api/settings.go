// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"fmt"
	"math"
	"regexp"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// settingsOf finds in checked metadata what the server itself acts on. A key
// that is absent leaves the setting at zero.
func settingsOf(b *wire.QueueCreate) (store.Settings, error) {
	dead, _, _ := msgp.ReadStringBytes(field(b.Metadata, "_dead_letter_queue"))
	flavor, _, _ := msgp.ReadStringBytes(field(b.Metadata, "_flavor"))
	if dead == b.QueueName {
		return store.Settings{}, ofMetadata("_dead_letter_queue", "QUE-42", "must be another queue")
	}
	policy := field(b.Metadata, "_retry_policy")
	if least, most := number(policy, "minimum_delay", 5), number(policy, "maximum_delay", 30); least > math.MaxInt64-10 || most < least+10 {
		return store.Settings{}, ofMetadata("_retry_policy", "QUE-44", "must have a maximum_delay of 10 s more than the minimum_delay")
	}
	return store.Settings{
		Metadata:    b.Metadata,
		MessageTTL:  seconds(number(b.Metadata, "_default_message_ttl", 0)),
		MaxPost:     int(number(b.Metadata, "_max_messages_post_size", 0)),
		Delay:       seconds(number(b.Metadata, "_default_message_delay", 0)),
		MaxClaims:   int(number(b.Metadata, "_max_claim_count", 0)),
		DeadLetters: dead,
		Flavor:      flavor,
		DeadTTL:     seconds(number(b.Metadata, "_dead_letter_queue_messages_ttl", 0)),
	}, nil
}

// number is an integer under a key of a checked map, or n when it is absent; what is
// beyond the largest int64 is that.
func number(m wire.Raw, key string, n int64) int64 {
	v := field(m, key)
	if i, _, err := msgp.ReadInt64Bytes(v); err == nil {
		return i
	}
	if _, _, err := msgp.ReadUint64Bytes(v); err == nil {
		return math.MaxInt64
	}
	return n
}

// ofMetadata refuses a key of the metadata for a reason that the schema does not know.
func ofMetadata(key, req, text string) error {
	return &wire.Refusal{Path: "body.metadata." + key, Rule: "value", Req: req, Text: text}
}

// belowMetadata is a JSON Pointer of keys, none of them empty (RFC 6901).
var belowMetadata = regexp.MustCompile(`^/metadata(/([^/~]|~[01])+)+$`)

// queueUpdate changes metadata by a patch, in one step. What comes of it is held to
// the rules of queue_create (QUE-49).
func queueUpdate(ctx context.Context, a *API, c caller, b *wire.QueueUpdate) (int, msgp.Marshaler, error) {
	for i, op := range b.Patch {
		path := fmt.Sprintf("body.patch[%d].", i)
		switch {
		case !belowMetadata.MatchString(op.Path):
			return 0, nil, &wire.Refusal{Path: path + "path", Rule: "value", Req: "QUE-47", Text: "must be of keys below /metadata"}
		case op.Op != "remove" && op.Value.IsZero():
			return 0, nil, &wire.Refusal{Path: path + "value", Rule: "required", Req: "QUE-47", Text: "is required"}
		}
	}
	var set store.Settings
	err := a.o.Store.UpdateQueue(ctx, c.queue(b.QueueName), func(metadata []byte) (_ store.Settings, err error) {
		set, err = a.patched(b.QueueName, metadata, field(c.Body, "patch"))
		return set, err
	})
	if err != nil {
		return 0, nil, err // QUE-46
	}
	return statusOK, metadataOf(set.Metadata), nil // QUE-45
}

// patched is what a patch makes of metadata. Both are JSON text meanwhile, in which
// integers keep their digits, in the form of a queue_create.
func (a *API) patched(queue string, metadata []byte, patch wire.Raw) (store.Settings, error) {
	before, err := (&wire.QueueCreate{QueueName: queue, Metadata: metadataOf(metadata)}).MarshalMsg(nil)
	if err != nil {
		return store.Settings{}, fmt.Errorf("encode metadata: %w", err)
	}
	operations, err := jsonpatch.DecodePatch(wire.Text(patch))
	if err != nil {
		return store.Settings{}, fmt.Errorf("decode a checked patch: %w", err)
	}
	text, err := operations.ApplyWithOptions(wire.Text(before), &jsonpatch.ApplyOptions{})
	if err != nil {
		return store.Settings{}, &store.Error{Kind: store.Conflict, What: "metadata of queue", ID: queue} // QUE-48
	}
	after, err := (&wire.Door{Limits: a.o.Limits}).Body("queue_create", text)
	if err != nil {
		return store.Settings{}, err // QUE-49
	}
	b := new(wire.QueueCreate)
	if err := after.Decode(b); err != nil {
		return store.Settings{}, fmt.Errorf("decode checked metadata: %w", err)
	}
	return settingsOf(b)
}
