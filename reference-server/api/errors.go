// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"errors"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// The statuses of replies, in the numbers of HTTP.
const (
	statusOK           = 200
	statusCreated      = 201
	statusNoContent    = 204
	statusBadRequest   = 400
	statusUnauthorized = 401
	statusForbidden    = 403
	statusNotFound     = 404
	statusConflict     = 409
	statusInternal     = 500
	statusUnavailable  = 503
)

// errUnknownAction is a hole in our own table: the door knows every action.
var errUnknownAction = errors.New("no handler for an action of the schema")

// failure turns an error into a status and a body. What we do not know is ours,
// not the client's: it is logged in full and answered without detail (FRM-22,
// FRM-37).
func (a *API) failure(ctx context.Context, req *wire.Request, err error) (int, msgp.Marshaler) {
	if refused, ok := errors.AsType[*wire.Refusal](err); ok {
		return statusBadRequest, fault(refused.Error()) // FRM-36
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return no.status, fault(no.text)
	}
	if known, ok := errors.AsType[*store.Error](err); ok {
		if status := statusOf(known.Kind); status != 0 {
			return status, fault(known.Error())
		}
	}
	a.o.Log.ErrorContext(ctx, "request failed", "action", req.Action, "err", err)
	return statusInternal, fault("The server failed on this request; it has been logged.")
}

// refusal is a no of this package's own, with the words for it.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

// statusOf is the status for a failure of the store, or 0 for a kind that no
// client can do anything about.
func statusOf(kind store.Kind) int {
	switch kind {
	case store.NotFound:
		return statusNotFound
	case store.Forbidden, store.InUse, store.Full, store.Closing:
		return statusForbidden // AUT-8, MSG-43, MSG-46, MSG-50, SUB-15, SUB-16, POL-20, POL-21
	case store.Exists, store.Conflict, store.Taken:
		return statusConflict // SUB-9, QUE-48, POL-7, POL-18, POL-24
	case store.Mismatch, store.TooLarge, store.Malformed, store.Unknown, store.Unopenable:
		return statusBadRequest // MSG-46, MSG-14, POL-4, POL-8, POL-23, POL-28
	case store.Unavailable:
		return statusUnavailable // POL-35, POL-36
	}
	return 0
}

// fault is the body of every failure (FRM-35).
func fault(text string) msgp.Marshaler { return &wire.Fault{Error: &text} }
