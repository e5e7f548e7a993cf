// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersThatNeverCameHoldAPool = Mutant{
	Name: "dead-letters-that-never-came-hold-a-pool", Breaks: spec.POL37,
	Does:    "a pool is kept for a queue that was named for dead letters although the queue that named it is gone",
	Control: func(next store.Control) store.Control { return unforgetting{next} },
}

type unforgetting struct{ store.Control }

func (unforgetting) DeadLetters(context.Context, store.Queue) (none store.Queue, _ error) {
	return none, nil
}
