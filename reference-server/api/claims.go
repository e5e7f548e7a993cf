// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// claimCreate leases the oldest free messages to whoever knows the claim's id.
func claimCreate(ctx context.Context, a *API, c caller, b *wire.ClaimCreate) (int, msgp.Marshaler, error) {
	lease := store.Lease{
		TTL:   seconds(or(b.TTL, a.o.Limits.DefaultClaimTTL)),
		Grace: seconds(or(b.Grace, a.o.Limits.DefaultClaimGrace)),
	}
	claim, err := a.o.Store.CreateClaim(ctx, c.queue(b.QueueName), lease, batch(b.Limit, a.o.Limits.DefaultMessagesPerClaim))
	if err != nil {
		return 0, nil, err
	}
	if len(claim.Messages) == 0 {
		return statusNoContent, nil, nil // CLM-3, CLM-4
	}
	return statusCreated, &wire.NewClaim{ClaimID: claim.ID, Messages: mapped(claim.Messages, claimedOf)}, nil // CLM-1
}

// claimGet returns a claim and what it still holds.
func claimGet(ctx context.Context, a *API, c caller, b *wire.ClaimGet) (int, msgp.Marshaler, error) {
	claim, err := a.o.Store.Claim(ctx, c.queue(b.QueueName), b.ClaimID)
	if err != nil {
		return 0, nil, err // CLM-18, CLM-19
	}
	return statusOK, &wire.Claim{TTL: whole(claim.TTL), Age: whole(claim.Age), Messages: mapped(claim.Messages, claimedOf)}, nil
}

func claimedOf(m *store.Message) wire.ClaimedMessage {
	return wire.ClaimedMessage{ID: m.ID, ClaimID: m.ClaimID, TTL: whole(m.TTL), Age: whole(m.Age), Body: m.Body}
}

// claimUpdate starts a lease anew. What the request does not name stays.
func claimUpdate(ctx context.Context, a *API, c caller, b *wire.ClaimUpdate) (int, msgp.Marshaler, error) {
	lease := store.Lease{TTL: seconds(or(b.TTL, 0)), Grace: seconds(or(b.Grace, 0))}               // CLM-23
	return statusNoContent, nil, a.o.Store.RenewClaim(ctx, c.queue(b.QueueName), b.ClaimID, lease) // CLM-26
}

// claimDelete ends a claim, if there is one, and frees its messages.
func claimDelete(ctx context.Context, a *API, c caller, b *wire.ClaimDelete) (int, msgp.Marshaler, error) {
	return statusNoContent, nil, a.o.Store.DeleteClaim(ctx, c.queue(b.QueueName), b.ClaimID)
}
