// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookOfAnotherPolicyIsLeftAlone = Mutant{
	Name: "webhook-of-another-policy-is-left-alone", Breaks: spec.SUB70,
	Does:  "a webhook is sent nothing more when the _retry_policy of its subscription is changed",
	Store: func(next store.Data) store.Data { return resentful{next} },
}

// resentful takes a subscription with another policy for one that nobody wants.
type resentful struct{ store.Data }

func (r resentful) UpdateSubscription(ctx context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	err := r.Data.UpdateSubscription(ctx, q, id, ttl, options)
	if err == nil && bytes.Contains(options, []byte("_retry_policy")) {
		return r.ConfirmSubscription(ctx, q, id, false)
	}
	return err
}
