// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// settling edits the settings that queues are made with.
func settling(edit func(q store.Queue, set *store.Settings)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return settled{next, edit} }
}

type settled struct {
	store.Data

	edit func(q store.Queue, set *store.Settings)
}

func (s settled) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	s.edit(q, &set)
	return s.Data.CreateQueue(ctx, q, set)
}

// updating edits the settings that an update gives a queue.
func updating(edit func(set *store.Settings)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return updated{next, edit} }
}

type updated struct {
	store.Data

	edit func(set *store.Settings)
}

func (s updated) UpdateQueue(ctx context.Context, q store.Queue, change func([]byte) (store.Settings, error)) error {
	return s.Data.UpdateQueue(ctx, q, func(metadata []byte) (store.Settings, error) {
		set, err := change(metadata)
		s.edit(&set)
		return set, err
	})
}

// patching edits the patch of each queue_update.
func patching(edit func(patch []any) []any) func(api.Doer) api.Doer {
	return requesting(func(_ *wire.Request, body object) {
		patch, _ := body["patch"].([]any)
		body["patch"] = edit(patch)
	}, "queue_update")
}

// unkeyed is a door that takes metadata which breaks a requirement, without the keys
// that do.
func unkeyed(req string, keys ...string) func(ws.Codec) ws.Codec {
	return forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		for _, key := range keys {
			delete(metadataOf(body), key)
		}
		return r.Req == req
	})
}

// delaying edits the delay of each message; nil is that of the queue.
func delaying(edit func(delay *time.Duration) *time.Duration) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return slowed{next, edit} }
}

type slowed struct {
	store.Data

	edit func(delay *time.Duration) *time.Duration
}

func (s slowed) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	p.Messages = slices.Clone(p.Messages)
	for i := range p.Messages {
		p.Messages[i].Delay = s.edit(p.Messages[i].Delay)
	}
	return s.Data.PostMessages(ctx, q, p)
}

// hurried ends the delays of a queue, when a claim is made and when says so of the
// messages that are free.
type hurried struct {
	store.Data

	when func(free []store.Message) bool
}

func (s hurried) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	free, _ := s.ListMessages(ctx, q, store.Filter{}, plenty)
	if s.when(free) {
		now := time.Duration(0)
		for _, m := range delayedIn(ctx, s.Data, q) {
			_ = s.DeleteMessage(ctx, q, m.ID, nil)
			_, _ = s.PostMessages(ctx, q, store.Post{Messages: []store.NewMessage{{TTL: m.TTL, Delay: &now, Body: m.Body}}})
		}
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}

// delayedIn are the delayed messages of a queue.
func delayedIn(ctx context.Context, s store.Data, q store.Queue) []store.Message {
	all, _ := s.ListMessages(ctx, q, store.Filter{Claimed: true, Delayed: true}, plenty)
	shown, _ := s.ListMessages(ctx, q, store.Filter{Claimed: true}, plenty)
	return slices.DeleteFunc(all, func(m store.Message) bool {
		return slices.ContainsFunc(shown, func(o store.Message) bool { return o.ID == m.ID })
	})
}

// burying knows where the messages of each queue go that were claimed too often.
type burying struct {
	store.Data

	made memo[store.Queue, store.Settings]
}

func (s *burying) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	created, err := s.Data.CreateQueue(ctx, q, set)
	if created {
		s.made.put(q, set)
	}
	return created, err
}

// morgue is where the messages of a queue go, if there are any yet.
func (s *burying) morgue(ctx context.Context, q store.Queue) (to store.Queue, there bool) {
	set, _ := s.made.get(q)
	to = store.Queue{Project: q.Project, Name: set.DeadLetters}
	stats, err := s.QueueStats(ctx, to)
	return to, err == nil && set.DeadLetters != "" && stats.Claimed+stats.Free > 0
}
