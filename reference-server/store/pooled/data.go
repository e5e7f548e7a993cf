// SPDX-License-Identifier: Apache-2.0

package pooled

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// Each method here implements the one of package store, in the pool of its queue.

// CreateQueue puts a new queue into a pool of its flavor. Unknown without the flavor;
// Taken when its dead letters live in another pool.
func (s *Store) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	return making(ctx, s, q, set, func(d store.Data) (bool, error) { return d.CreateQueue(ctx, q, set) })
}

// UpdateQueue leaves the queue where it lives. Taken when its dead letters live in
// another pool.
func (s *Store) UpdateQueue(ctx context.Context, q store.Queue, change func([]byte) (store.Settings, error)) error {
	return s.alone(ctx, q, func(d store.Data) error {
		return d.UpdateQueue(ctx, q, func(metadata []byte) (store.Settings, error) {
			set, err := change(metadata)
			if err == nil {
				_, err = s.Place(ctx, q, set.DeadLetters, "")
			}
			return set, err
		})
	})
}

// PostMessages puts a queue that it makes into a pool that is of no flavor.
func (s *Store) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	post := func(d store.Data) ([]store.Posted, error) { return d.PostMessages(ctx, q, p) }
	if p.Existing {
		return with(ctx, s, q, post)
	}
	return orMaking(ctx, s, q, post)
}

// DeleteQueue forgets where the queue lived.
func (s *Store) DeleteQueue(ctx context.Context, q store.Queue) error {
	return s.alone(ctx, q, func(d store.Data) error {
		if err := d.DeleteQueue(ctx, q); err != nil {
			return err
		}
		return s.Forget(ctx, q)
	})
}

// QueueMetadata implements store.Queues.
func (s *Store) QueueMetadata(ctx context.Context, q store.Queue) ([]byte, error) {
	return with(ctx, s, q, func(d store.Data) ([]byte, error) { return d.QueueMetadata(ctx, q) })
}

// QueueStats implements store.Queues.
func (s *Store) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	return with(ctx, s, q, func(d store.Data) (store.Stats, error) { return d.QueueStats(ctx, q) })
}

// PurgeMessages implements store.Queues.
func (s *Store) PurgeMessages(ctx context.Context, q store.Queue) error {
	return on(ctx, s, q, func(d store.Data) error { return d.PurgeMessages(ctx, q) })
}

// MessagesByID implements store.Messages.
func (s *Store) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	return with(ctx, s, q, func(d store.Data) ([]store.Message, error) { return d.MessagesByID(ctx, q, ids) })
}

// ListMessages implements store.Messages.
func (s *Store) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	return with(ctx, s, q, func(d store.Data) ([]store.Message, error) { return d.ListMessages(ctx, q, f, p) })
}

// DeleteMessage implements store.Messages.
func (s *Store) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	return on(ctx, s, q, func(d store.Data) error { return d.DeleteMessage(ctx, q, id, claim) })
}

// DeleteMessages implements store.Messages.
func (s *Store) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	return on(ctx, s, q, func(d store.Data) error { return d.DeleteMessages(ctx, q, ids, claims) })
}

// PopMessages implements store.Messages.
func (s *Store) PopMessages(ctx context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	return with(ctx, s, q, func(d store.Data) ([]store.Message, error) { return d.PopMessages(ctx, q, b) })
}

// CreateClaim implements store.Claims.
func (s *Store) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	return with(ctx, s, q, func(d store.Data) (store.Claim, error) { return d.CreateClaim(ctx, q, l, b) })
}

// Claim implements store.Claims.
func (s *Store) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	return with(ctx, s, q, func(d store.Data) (store.Claim, error) { return d.Claim(ctx, q, id) })
}

// RenewClaim implements store.Claims.
func (s *Store) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	return on(ctx, s, q, func(d store.Data) error { return d.RenewClaim(ctx, q, id, l) })
}

// DeleteClaim implements store.Claims.
func (s *Store) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	return on(ctx, s, q, func(d store.Data) error { return d.DeleteClaim(ctx, q, id) })
}

// CreateSubscription puts a queue that it makes into a pool that is of no flavor.
func (s *Store) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	create := func(d store.Data) (string, error) { return d.CreateSubscription(ctx, q, n) }
	if n.Existing {
		return with(ctx, s, q, create)
	}
	return orMaking(ctx, s, q, create)
}

// Subscription implements store.Subscriptions.
func (s *Store) Subscription(ctx context.Context, q store.Queue, id string) (store.Subscription, error) {
	return with(ctx, s, q, func(d store.Data) (store.Subscription, error) { return d.Subscription(ctx, q, id) })
}

// ListSubscriptions implements store.Subscriptions.
func (s *Store) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	return with(ctx, s, q, func(d store.Data) ([]store.Subscription, error) { return d.ListSubscriptions(ctx, q, p) })
}

// UpdateSubscription implements store.Subscriptions.
func (s *Store) UpdateSubscription(ctx context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	return on(ctx, s, q, func(d store.Data) error { return d.UpdateSubscription(ctx, q, id, ttl, options) })
}

// ConfirmSubscription implements store.Subscriptions.
func (s *Store) ConfirmSubscription(ctx context.Context, q store.Queue, id string, confirmed bool) error {
	return on(ctx, s, q, func(d store.Data) error { return d.ConfirmSubscription(ctx, q, id, confirmed) })
}

// DeleteSubscription implements store.Subscriptions.
func (s *Store) DeleteSubscription(ctx context.Context, q store.Queue, id string) error {
	return on(ctx, s, q, func(d store.Data) error { return d.DeleteSubscription(ctx, q, id) })
}

// PurgeSubscriptions implements store.Subscriptions.
func (s *Store) PurgeSubscriptions(ctx context.Context, q store.Queue) error {
	return on(ctx, s, q, func(d store.Data) error { return d.PurgeSubscriptions(ctx, q) })
}
