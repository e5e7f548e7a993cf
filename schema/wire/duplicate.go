// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"hash/maphash"
	"math/bits"
)

// span is where the characters of a key are, as offsets into the frame.
type span struct{ start, end uint32 }

// pairwise is the number of keys up to which each is compared with each.
const pairwise = 8

// duplicate finds a key that stands twice among the keys of one map. Its time
// grows with the keys, not with their square.
func duplicate(b []byte, keys []span) (span, bool) {
	if len(keys) > pairwise {
		return duplicateOfMany(b, keys)
	}
	for i, key := range keys {
		for _, other := range keys[:i] {
			if same(b, key, other) {
				return key, true
			}
		}
	}
	return span{}, false
}

// duplicateOfMany keeps the keys in an open hash table, at most half full. The
// hash is seeded, so no client can choose keys that collide.
func duplicateOfMany(b []byte, keys []span) (span, bool) {
	table := make([]int32, 1<<bits.Len(uint(2*len(keys)-1))) // index into keys, plus 1
	mask := uint64(len(table) - 1)
	seed := maphash.MakeSeed()
	for i, key := range keys {
		slot := maphash.Bytes(seed, b[key.start:key.end]) & mask
		for table[slot] != 0 {
			if same(b, key, keys[table[slot]-1]) {
				return key, true
			}
			slot = (slot + 1) & mask
		}
		table[slot] = int32(i + 1)
	}
	return span{}, false
}

func same(b []byte, x, y span) bool {
	return x.end-x.start == y.end-y.start && bytes.Equal(b[x.start:x.end], b[y.start:y.end])
}
