// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"encoding/binary"
	"errors"
)

var errLength = errors.New("the length of a frame is not written in the fewest bytes")

// lengths watches the bytes of a client go by and finds the frame whose length
// is not written in the fewest bytes possible, which the library lets through
// (RFC 6455 §5.2, FRM-15).
type lengths struct {
	head [14]byte // the longest header: 2 bytes, 8 of length, 4 of mask
	have int      // bytes of the current header
	left uint64   // bytes of payload before the next header
	bad  bool
}

// scan takes the next bytes. It returns how many of them come before the first
// bad frame, and errLength if there is or was one.
func (l *lengths) scan(p []byte) (int, error) {
	for i := 0; i < len(p) && !l.bad; {
		if l.left > 0 {
			n := min(l.left, uint64(len(p)-i))
			l.left -= n
			i += int(n)
			continue
		}
		l.head[l.have] = p[i]
		l.have++
		i++
		if l.have < 2 || l.have < l.size() {
			continue
		}
		if l.left, l.bad = l.payload(); l.bad {
			return max(0, i-l.have), errLength
		}
		l.have = 0
	}
	if l.bad {
		return 0, errLength
	}
	return len(p), nil
}

// size is how long the current header is; it needs the first two bytes.
func (l *lengths) size() int {
	n := 2
	switch l.head[1] & 0x7f {
	case 126:
		n += 2
	case 127:
		n += 8
	}
	if l.head[1]&0x80 != 0 {
		n += 4
	}
	return n
}

// payload is what the current header, which is complete, announces.
func (l *lengths) payload() (n uint64, bad bool) {
	switch short := l.head[1] & 0x7f; short {
	case 126:
		n = uint64(binary.BigEndian.Uint16(l.head[2:]))
		return n, n < 126
	case 127:
		n = binary.BigEndian.Uint64(l.head[2:])
		return n, n < 1<<16
	default:
		return uint64(short), false
	}
}
