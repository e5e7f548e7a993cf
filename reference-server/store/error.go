// SPDX-License-Identifier: Apache-2.0

package store

import (
	"errors"
	"fmt"
)

// Kind is what is wrong, said of the thing that an Error names.
type Kind string

// The kinds of failure that a caller can act on.
const (
	NotFound  Kind = "does not exist"
	Conflict  Kind = "is not as the request takes it to be"
	Forbidden Kind = "is claimed, and not by a claim that was given"
	Mismatch  Kind = "does not hold the message"
	TooLarge  Kind = "takes smaller posts only"
	Malformed Kind = "can't be the id of a message"
	Exists    Kind = "exists, and has that subscriber"
	Full      Kind = "has as many subscriptions as it may"
	Closing   Kind = "is being closed"

	Unknown     Kind = "does not exist, and is needed"
	Unopenable  Kind = "names no storage that can be opened"
	Taken       Kind = "is taken"
	InUse       Kind = "is in use"
	Unavailable Kind = "is not to be had"
)

// Error is a failure that the caller can act on.
type Error struct {
	Kind Kind
	What string // the thing, for example "queue" or "claim"
	ID   string // which one
}

// Error says it in one sentence, fit for the client, that quotes at most the
// first 80 characters of a name.
func (e *Error) Error() string {
	return fmt.Sprintf("%s %.80q %s", e.What, e.ID, e.Kind)
}

// Missing tells whether an error says that something does not exist.
func Missing(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == NotFound
}
