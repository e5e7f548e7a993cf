// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeTakesClaimed = Mutant{
	Name: "purge-takes-claimed", Breaks: spec.QUE36,
	Does:  "queue_purge removes the messages that a claim holds, too",
	Store: func(next store.Data) store.Data { return merciless{next} },
}

type merciless struct{ store.Data }

func (s merciless) PurgeMessages(ctx context.Context, q store.Queue) error {
	all, err := s.ListMessages(ctx, q, store.Filter{Claimed: true}, plenty)
	if err != nil {
		return nil //nolint:nilerr // no queue is no error
	}
	for _, m := range all {
		if err := s.DeleteMessages(ctx, q, []string{m.ID}, []string{m.ClaimID}); err != nil {
			return err
		}
	}
	return nil
}
