// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"slices"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// queueCreate makes a queue, or leaves the one that exists as it is.
func queueCreate(ctx context.Context, a *API, c caller, b *wire.QueueCreate) (int, msgp.Marshaler, error) {
	set, err := settingsOf(b)
	if err != nil {
		return 0, nil, err
	}
	created, err := a.o.Store.CreateQueue(ctx, c.queue(b.QueueName), set)
	if err != nil {
		return 0, nil, err
	}
	if !created {
		return statusNoContent, nil, nil // QUE-6
	}
	return statusCreated, text("Queue " + b.QueueName + " created."), nil // QUE-5
}

// queueList returns a page of the project's queues.
func queueList(ctx context.Context, a *API, c caller, b *wire.QueueList) (int, msgp.Marshaler, error) {
	page := store.Page{Marker: or(b.Marker, ""), Batch: batch(b.Limit, a.o.Limits.DefaultQueuesPerPage)}
	list, err := a.o.Store.ListQueues(ctx, c.project, page)
	if err != nil {
		return 0, nil, err
	}
	if n := len(list); n > 0 {
		page.Marker = list[n-1].Name // QUE-25
	}
	return statusOK, &wire.QueuePage{Marker: &page.Marker, Queues: mapped(list, func(q *store.QueueInfo) wire.QueueItem {
		return wire.QueueItem{Name: q.Name, Metadata: detail(b.Detailed, q.Metadata)} // QUE-24
	})}, nil
}

// detail is a map that is shown only to those who want details.
func detail(wanted *bool, stored []byte) wire.Raw {
	if !or(wanted, false) {
		return nil
	}
	return metadataOf(stored)
}

// queueGet returns a queue's metadata.
func queueGet(ctx context.Context, a *API, c caller, b *wire.QueueGet) (int, msgp.Marshaler, error) {
	metadata, err := a.o.Store.QueueMetadata(ctx, c.queue(b.QueueName))
	if err != nil {
		return 0, nil, err // QUE-16
	}
	return statusOK, metadataOf(metadata), nil
}

// metadataOf is stored metadata as a value: a queue made without any has {}.
func metadataOf(stored []byte) wire.Raw {
	if len(stored) == 0 {
		return msgp.AppendMapHeader(nil, 0)
	}
	return stored
}

// queueDelete ends a queue, if there is one.
func queueDelete(ctx context.Context, a *API, c caller, b *wire.QueueDelete) (int, msgp.Marshaler, error) {
	return statusNoContent, nil, a.o.Store.DeleteQueue(a.o.Hub.By(ctx, c.session.subscriber()), c.queue(b.QueueName))
}

// queueGetStats counts a queue's messages.
func queueGetStats(ctx context.Context, a *API, c caller, b *wire.QueueGetStats) (int, msgp.Marshaler, error) {
	stats, err := a.o.Store.QueueStats(ctx, c.queue(b.QueueName))
	if err != nil {
		return 0, nil, err // QUE-32
	}
	return statusOK, &wire.QueueStats{Messages: wire.MessageStats{
		Claimed: int64(stats.Claimed),
		Free:    int64(stats.Free),
		Total:   int64(stats.Claimed) + int64(stats.Free), // QUE-28
		Oldest:  statMessage(stats.Oldest),
		Newest:  statMessage(stats.Newest),
	}}, nil
}

func statMessage(m *store.Message) *wire.StatMessage {
	if m == nil {
		return nil
	}
	return &wire.StatMessage{
		ID:         m.ID,
		Age:        whole(m.Age),
		TTL:        whole(m.TTL),
		Body:       m.Body,
		ClaimID:    idOrNull(m.ClaimID),
		ClaimCount: int64(m.ClaimCount),
		Created:    m.Posted.UTC().Format(time.RFC3339), // QUE-33
	}
}

// queuePurge removes what no claim holds, and ends the subscriptions.
func queuePurge(ctx context.Context, a *API, c caller, b *wire.QueuePurge) (int, msgp.Marshaler, error) {
	named := func(what string) bool { return b.ResourceTypes == nil || slices.Contains(b.ResourceTypes, what) }
	if named("messages") { // QUE-37
		if err := a.o.Store.PurgeMessages(ctx, c.queue(b.QueueName)); err != nil {
			return 0, nil, err
		}
	}
	if named("subscriptions") { // SUB-56
		if err := a.o.Store.PurgeSubscriptions(a.o.Hub.By(ctx, c.session.subscriber()), c.queue(b.QueueName)); err != nil {
			return 0, nil, err
		}
	}
	return statusNoContent, nil, nil
}

// text is a string as a reply's body.
func text(s string) msgp.Marshaler { return wire.Raw(msgp.AppendString(nil, s)) }
