// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

// claimRaces looks for free messages and leases them without holding the queue in
// between: who comes into that moment gets the same ones. Nothing in it is left to
// chance but who comes when, so it takes many clients at once to see it.
var claimRaces = Mutant{
	Name: "claim-races", Breaks: spec.CLM8,
	Does:  "claim_create first looks what is free and then leases it, and another claim can come between",
	Store: func(next store.Data) store.Data { return &unlocked{Data: next, stale: map[string][]store.Message{}} },
}

type unlocked struct {
	store.Data

	mu sync.Mutex
	// stale are the messages that a claim believes to have, where they are another's.
	stale map[string][]store.Message
}

// CreateClaim checks, then acts. If what it acts on is not what it saw, the claim
// gets what it saw all the same.
func (r *unlocked) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	seen, err := r.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	if err != nil || len(seen) == 0 {
		return r.Data.CreateClaim(ctx, q, l, b)
	}
	runtime.Gosched() // the moment: as long as it takes to let others go first
	c, err := r.Data.CreateClaim(ctx, q, l, store.Batch{Limit: len(seen), Bytes: b.Bytes})
	if err != nil || len(c.Messages) > 0 && c.Messages[0].ID == seen[0].ID {
		return c, err
	}
	if c.ID == "" {
		return c, nil // nothing was left to lease
	}
	for i := range seen {
		seen[i].ClaimID = c.ID
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stale[c.ID] = seen
	c.Messages = seen
	return c, nil
}

// Claim shows a claim with what it believes to have.
func (r *unlocked) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := r.Data.Claim(ctx, q, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	if seen := r.stale[id]; seen != nil && err == nil {
		c.Messages = seen
	}
	return c, err
}

// DeleteMessage lets each of them delete what it believes to have.
func (r *unlocked) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if claim != nil && r.believes(*claim, id) {
		if ms, err := r.MessagesByID(ctx, q, []string{id}); err == nil && len(ms) > 0 && ms[0].ClaimID != "" {
			claim = &ms[0].ClaimID
		}
	}
	return r.Data.DeleteMessage(ctx, q, id, claim)
}

func (r *unlocked) believes(claim, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.stale[claim], func(m store.Message) bool { return m.ID == id })
}
