// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/spec"
)

var brokenCloseFramesIgnored = Mutant{
	Name: "broken-close-frames-ignored", Breaks: spec.FRM15,
	Does: "a close frame that breaks RFC 6455 is passed over",
	Front: heading(func(f *rawFrame) bool {
		broken := f.opcode() == opClose && (!f.final() || !goodClose(f.payload))
		if broken {
			f.ignored()
		}
		return broken
	}),
}

// goodClose says whether a close frame may have this payload.
//
// Source: RFC 6455 §5.5.1, §7.4.
func goodClose(payload []byte) bool {
	if len(payload) == 0 {
		return true
	}
	if len(payload) == 1 || len(payload) > 125 || !utf8.Valid(payload[2:]) {
		return false
	}
	status := binary.BigEndian.Uint16(payload)
	return status >= 1000 && status < 5000 && !slices.Contains([]uint16{1004, 1005, 1006, 1015}, status)
}
