// SPDX-License-Identifier: Apache-2.0

package mutants

import "slices"

// Seeded are the faults written by hand: at least one for each MUST of a server that
// has a case, some for its SHOULDs, and each fault of Zaqar itself, in the order of the
// requirements.
func Seeded() []Mutant {
	return slices.Concat(
		frames(), auth(), signedAccess(), queues(), messages(), claims(),
		subscriptions(), webhooks(), pools(), health(),
	)
}
