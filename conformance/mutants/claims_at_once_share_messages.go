// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimsAtOnceShareMessages = Mutant{
	Name: "claims-at-once-share-messages", Breaks: spec.CLM8,
	Does:  "two calls of claim_create at the same moment lease the same messages",
	Store: func(next store.Data) store.Data { return &racing{Data: next} },
}

type racing struct {
	store.Data

	mu      sync.Mutex
	waiting map[store.Queue]chan store.Claim
}

// CreateClaim waits a moment for a second call, which then gets what the first leased.
func (s *racing) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	s.mu.Lock()
	if first := s.waiting[q]; first != nil {
		delete(s.waiting, q)
		s.mu.Unlock()
		return <-first, nil
	}
	if s.waiting == nil {
		s.waiting = map[store.Queue]chan store.Claim{}
	}
	own := make(chan store.Claim, 1)
	s.waiting[q] = own
	s.mu.Unlock()

	<-time.After(2 * time.Millisecond)
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	s.mu.Lock()
	if s.waiting[q] == own {
		delete(s.waiting, q)
	}
	s.mu.Unlock()
	own <- c
	return c, err
}
