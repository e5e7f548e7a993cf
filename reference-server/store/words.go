// SPDX-License-Identifier: Apache-2.0

package store

import "time"

// Queue names one queue of one project. Every call that touches a queue takes
// one, so no backend can forget the tenant. Both names are taken as they are:
// no two different pairs ever meet in one queue, dots or not.
type Queue struct{ Project, Name string }

// Settings is what a queue is made with.
type Settings struct {
	// Metadata is the client's, kept byte for byte.
	Metadata []byte
	// MessageTTL is the life of a message that asks for none. Zero leaves it
	// to Post.TTL.
	MessageTTL time.Duration
	// MaxPost is the largest post the queue takes, in the bytes of Post.Size.
	// Zero is no bound of its own.
	MaxPost int
	// Delay is that of a message that asks for none.
	Delay time.Duration
	// MaxClaims is how many claims may hold a message. The next one to come upon
	// it moves it to DeadLetters instead, another queue of the project. Zero is no
	// bound, and so is an empty DeadLetters.
	MaxClaims   int
	DeadLetters string
	// DeadTTL is the life of a message from its move on. Zero leaves its end where
	// it was.
	DeadTTL time.Duration
	// Flavor is the one whose pools the queue may live in. Empty is those of none. A
	// store without pools passes it over.
	Flavor string
}

// QueueInfo is a queue as a listing shows it.
type QueueInfo struct {
	Name     string
	Metadata []byte
}

// Stats counts the live messages of a queue at one moment. Their total is
// Claimed + Free. Oldest and Newest are nil when that is zero.
type Stats struct {
	Claimed, Free  int
	Oldest, Newest *Message
}

// Post is one delivery into a queue.
type Post struct {
	// Client is who posts, in the spelling that Filter.NotFrom uses.
	Client   string
	Messages []NewMessage
	// TTL is the life of a message that asks for none in a queue that has no
	// word on it either.
	TTL time.Duration
	// Size is what the client sent, in bytes, to be held against
	// Settings.MaxPost.
	Size int
	// Existing says that the queue is not made when there is none.
	Existing bool
}

// NewMessage is a message to be posted. A TTL of zero asks for the default, and so
// does a Delay that is nil.
type NewMessage struct {
	TTL   time.Duration
	Delay *time.Duration
	Body  []byte
}

// Posted is a message just posted, with the life that it has.
type Posted struct {
	ID  string
	TTL time.Duration
}

// Message is a message as it was at the moment of the call.
type Message struct {
	ID   string
	Body []byte
	// TTL is expiry minus posting time, in whole seconds: TTL - Age is what is
	// really left.
	TTL, Age time.Duration
	Posted   time.Time
	// ClaimID is the claim that holds the message, or empty.
	ClaimID string
	// ClaimCount is how many claims have held it in this queue.
	ClaimCount int
}

// Filter says which messages a listing shows. The zero value shows all that
// are neither claimed nor delayed.
type Filter struct {
	// NotFrom hides what this client posted. Empty hides nobody's.
	NotFrom string
	// Claimed shows the claimed ones, too.
	Claimed bool
	// Delayed shows the delayed ones, too.
	Delayed bool
}

// Batch bounds what one call returns: at most Limit items, and no more of them
// than fit into Bytes of bodies or metadata, though always one. Bytes of zero
// is no bound.
type Batch struct{ Limit, Bytes int }

// Room is what is left of a batch.
type Room struct {
	Batch

	items, bytes int
}

// Take tells whether one more item of size bytes fits, and takes its room.
func (r *Room) Take(size int) bool {
	full := r.Bytes > 0 && r.items > 0 && r.bytes+size > r.Bytes
	if r.items >= r.Limit || full {
		return false
	}
	r.items++
	r.bytes += size
	return true
}

// Page is a batch that starts after a marker, or at the start when it is
// empty.
type Page struct {
	Batch

	Marker string
}

// Lease says how long a claim lasts, and how long after its end its messages
// live at least.
type Lease struct{ TTL, Grace time.Duration }

// Claim is a claim as it was at the moment of the call.
type Claim struct {
	ID       string
	TTL, Age time.Duration
	Messages []Message
}

// NewSubscription is what a subscription is made with.
type NewSubscription struct {
	// Subscriber is who is told: a URL, or what stands for a connection.
	Subscriber string
	TTL        time.Duration
	// Options and Format are kept as they are: how the subscriber is told.
	Options []byte
	Format  int
	// Confirmed is whether the subscriber is known to want it.
	Confirmed bool
	// Most is how many subscriptions the queue may have with it. Zero is no bound.
	Most int
	// Existing says that the queue is not made when there is none.
	Existing bool
}

// Subscription is a subscription as it was at the moment of the call.
type Subscription struct {
	NewSubscription

	ID  string
	Age time.Duration
}
