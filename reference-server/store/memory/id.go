// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"sync/atomic"
	"time"
)

// sequence gives ids that say in which order they were given: UUIDs of
// version 7 (RFC 9562, section 5.7) whose 12 bits after the millisecond are its
// fraction (section 6.2, method 3). An id therefore marks its place in a queue also
// when its message is gone. Only within a quarter of a microsecond they count on, as
// a count would tell one project how much others post (FRM-70).
type sequence struct{ last atomic.Uint64 }

// next returns the next id, and its 60 bits of order.
func (s *sequence) next(now time.Time) (id string, seq uint64) {
	for {
		last := s.last.Load()
		seq = max(last+1, uint64(max(now.UnixMilli(), 0))<<12|uint64(now.Nanosecond()%1e6)<<12/1e6)
		if s.last.CompareAndSwap(last, seq) {
			return newUUID(seq), seq
		}
	}
}

// place returns the order that an id of a message tells, and false when it is
// no such id.
func place(id string) (seq uint64, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[14] != '7' {
		return 0, false
	}
	b, err := hex.DecodeString(id[:8] + id[9:13] + "0" + id[15:18])
	if err != nil {
		return 0, false
	}
	high := binary.BigEndian.Uint64(b)
	return high>>16<<12 | high&0xfff, true
}

// newUUID puts 48 bits of the order, the version and the other 12 before 62 random ones.
func newUUID(seq uint64) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], seq>>12<<16|7<<12|seq&0xfff)
	_, _ = rand.Read(b[8:]) // never fails
	b[8] = b[8]&0x3f | 0x80
	s := hex.AppendEncode(make([]byte, 0, 36), b[:4])
	for _, part := range [][]byte{b[4:6], b[6:8], b[8:10], b[10:]} {
		s = hex.AppendEncode(append(s, '-'), part)
	}
	return string(s)
}
