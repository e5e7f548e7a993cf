// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueCreateAgainEmpties = Mutant{
	Name: "queue-create-again-empties", Breaks: spec.QUE6,
	Does:  "queue_create of a queue that exists makes it anew, without messages and with the new metadata",
	Store: func(next store.Data) store.Data { return remaking{next} },
}

type remaking struct{ store.Data }

func (s remaking) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	made, err := s.Data.CreateQueue(ctx, q, set)
	if made || err != nil {
		return made, err
	}
	if err := s.DeleteQueue(ctx, q); err != nil {
		return false, err
	}
	_, err = s.Data.CreateQueue(ctx, q, set)
	return false, err
}
