// SPDX-License-Identifier: Apache-2.0

package mutants

import "time"

// Lawful are servers that break no MUST, however they look: whoever accuses one of
// them raises a false alarm.
func Lawful() []Mutant {
	return []Mutant{
		{Name: "sound", Does: "nothing wrong"},
		permissive,
		talkative,
		{
			Name: "one-byte-segments", Does: "sends each message in TCP segments of one byte",
			Front: segments(oneByte),
		},
		{
			Name: "coalesced-segments", Does: "sends what is ready within half a millisecond in one TCP segment",
			Front: segments(coalesced),
		},
	}
}

// Slow are lawful servers that take their time; to judge one takes minutes.
func Slow() []Mutant {
	return []Mutant{
		{Name: "jitter-20ms", Does: "waits up to 20 ms before each message", Conn: jittering(20 * time.Millisecond)},
		{Name: "jitter-200ms", Does: "waits up to 200 ms before each message", Conn: jittering(200 * time.Millisecond)},
	}
}

// chain applies decorators one after another, the last outermost.
func chain[T any](all ...func(T) T) func(T) T {
	return func(v T) T {
		for _, decorate := range all {
			v = decorate(v)
		}
		return v
	}
}
