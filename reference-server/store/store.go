// SPDX-License-Identifier: Apache-2.0

// Package store holds the words and the contract of what the server keeps:
// queues, their messages, the claims on them, and who subscribes to them. Package storetest is the
// same contract as tests; every backend runs it.
//
// Three promises hold for every method of every backend:
//
//   - A call is atomic: it acts in full or, when it returns an error, not at
//     all, and no other call sees it half done.
//   - What has expired is never seen. A message is gone when its age reaches
//     its TTL, a claim and a subscription have ended when their age reaches theirs.
//   - Ids are known in the queue that they come from and nowhere else, whatever
//     the names of queues and projects look like.
//
// A failure that the caller can act on is an *Error. Any other error is the
// backend's own trouble. Bytes and slices that go in or come out are copies:
// neither side sees what the other does to them later.
package store

import (
	"context"
	"io"
	"time"
)

// Data is what a server keeps. All methods are safe for concurrent use.
type Data interface {
	Queues
	Messages
	Claims
	Subscriptions
	// Ping tells whether the backend can serve.
	Ping(ctx context.Context) error
	// Close lets go of what the backend holds. No call may follow it.
	io.Closer
}

// Queues keeps the queues of all projects.
type Queues interface {
	// CreateQueue makes the queue and tells whether it did. A queue that
	// exists keeps the settings that it has.
	CreateQueue(ctx context.Context, q Queue, s Settings) (created bool, err error)
	// QueueMetadata returns the metadata of the queue. NotFound without the queue.
	QueueMetadata(ctx context.Context, q Queue) ([]byte, error)
	// UpdateQueue gives the queue the settings that change makes of its metadata,
	// and returns change's own error as it is. No other update comes between the
	// two: change may be called again. NotFound without the queue.
	UpdateQueue(ctx context.Context, q Queue, change func(metadata []byte) (Settings, error)) error
	// ListQueues returns the queues of a project in byte order of their names,
	// those after the name that p.Marker holds, which need not exist.
	ListQueues(ctx context.Context, project string, p Page) ([]QueueInfo, error)
	// DeleteQueue ends the queue, its messages, its claims and its subscriptions. It
	// does nothing without the queue.
	DeleteQueue(ctx context.Context, q Queue) error
	// QueueStats counts the messages of the queue. NotFound without the queue.
	QueueStats(ctx context.Context, q Queue) (Stats, error)
	// PurgeMessages removes the unclaimed messages. It does nothing without
	// the queue.
	PurgeMessages(ctx context.Context, q Queue) error
}

// Messages keeps the messages of each queue in the order they were posted in.
//
// A message is delayed until its age reaches its delay. It can be named, counts as
// free and is purged, but is neither popped nor leased before, wherever it stands.
type Messages interface {
	// PostMessages appends to the queue and returns what became of each message, in
	// their order. It makes the queue when there is none; NotFound then with
	// p.Existing. TooLarge when p.Size exceeds what the queue takes.
	PostMessages(ctx context.Context, q Queue, p Post) ([]Posted, error)
	// MessagesByID returns the named messages in the order asked for: an
	// unknown one is left out, one named twice comes twice.
	MessagesByID(ctx context.Context, q Queue, ids []string) ([]Message, error)
	// ListMessages returns the messages that pass f, oldest first, and only
	// then counts them against p. The marker is a message id; it marks its
	// place also when that message is gone. NotFound without the queue,
	// Malformed when the marker can't be an id.
	ListMessages(ctx context.Context, q Queue, f Filter, p Page) ([]Message, error)
	// DeleteMessage removes one message; a message or queue that does not
	// exist is no error. Claim is nil, or the claim that holds the message:
	// Forbidden when another one does, Mismatch when that claim does not exist
	// or nothing holds the message.
	DeleteMessage(ctx context.Context, q Queue, id string, claim *string) error
	// DeleteMessages removes all named messages that exist. Forbidden, and
	// none removed, when one of them is held by a claim not in claims.
	DeleteMessages(ctx context.Context, q Queue, ids, claims []string) error
	// PopMessages removes and returns the oldest messages that are neither claimed
	// nor delayed; none without the queue.
	PopMessages(ctx context.Context, q Queue, b Batch) ([]Message, error)
}

// Claims leases messages. No message is in two claims at once.
//
// A claimed message lives at least until its claim's end plus the grace: its
// expiry becomes the later of the two, in whole seconds after its posting,
// rounded up. It keeps that life when the claim is released or ends, and takes
// up its old place in the order again.
type Claims interface {
	// CreateClaim leases the oldest messages that are neither claimed nor delayed.
	// With nothing to lease, or no queue, the claim that it returns has no id and
	// is not kept. A message on its way that Settings.MaxClaims claims have held is
	// moved: it is free in the queue that it comes to, which is made when there is
	// none, has its id, the place of its posting, and was claimed by nobody.
	CreateClaim(ctx context.Context, q Queue, l Lease, b Batch) (Claim, error)
	// Claim returns a claim with the messages that it still holds, in order;
	// a claim outlives its last message. NotFound without the claim.
	Claim(ctx context.Context, q Queue, id string) (Claim, error)
	// RenewClaim starts the lease anew, now. A zero in l keeps what the claim
	// has. NotFound without the claim.
	RenewClaim(ctx context.Context, q Queue, id string, l Lease) error
	// DeleteClaim ends the claim and frees its messages. It does nothing
	// without the claim.
	DeleteClaim(ctx context.Context, q Queue, id string) error
}

// Subscriptions keeps who wants to be told of a queue's messages.
type Subscriptions interface {
	// CreateSubscription makes the queue when there is none; NotFound then with
	// n.Existing. Exists, under the id of the other, when the queue has a subscription
	// of that subscriber; Full when it has as many as n allows.
	CreateSubscription(ctx context.Context, q Queue, n NewSubscription) (id string, err error)
	// Subscription returns one. NotFound without it.
	Subscription(ctx context.Context, q Queue, id string) (Subscription, error)
	// ListSubscriptions returns those of the queue in byte order of their ids, those
	// after the id that p.Marker holds, which need not exist; none without the queue.
	ListSubscriptions(ctx context.Context, q Queue, p Page) ([]Subscription, error)
	// UpdateSubscription starts its life anew, now. A zero TTL and nil options keep
	// what it has. NotFound without the subscription.
	UpdateSubscription(ctx context.Context, q Queue, id string, ttl time.Duration, options []byte) error
	// ConfirmSubscription says whether its subscriber wants it. NotFound without it.
	ConfirmSubscription(ctx context.Context, q Queue, id string, confirmed bool) error
	// DeleteSubscription ends one. It does nothing without it.
	DeleteSubscription(ctx context.Context, q Queue, id string) error
	// PurgeSubscriptions ends all of the queue.
	PurgeSubscriptions(ctx context.Context, q Queue) error
}
