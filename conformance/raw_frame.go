// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Opcode is what a frame is, by RFC 6455 §5.2.
type Opcode byte

// The opcodes that RFC 6455 gives a meaning; all others are reserved.
const (
	Continuation Opcode = 0x0
	TextFrame    Opcode = 0x1
	BinaryFrame  Opcode = 0x2
	CloseFrame   Opcode = 0x8
	PingFrame    Opcode = 0x9
	PongFrame    Opcode = 0xa
)

// String is the opcode's word in a transcript.
func (o Opcode) String() string {
	switch o {
	case Continuation:
		return "continuation"
	case TextFrame, BinaryFrame:
		return Kind(o).String()
	case CloseFrame:
		return "close"
	case PingFrame:
		return "ping"
	case PongFrame:
		return "pong"
	}
	return "opcode 0x" + strconv.FormatUint(uint64(o), 16)
}

func (o Opcode) control() bool { return o >= CloseFrame }

// The reserved bits of a frame.
const (
	RSV1 byte = 4
	RSV2 byte = 2
	RSV3 byte = 1
)

// Frame is one frame of RFC 6455 §5.2, right or wrong. The zero value of all
// but Opcode and Payload is what a client has to send.
type Frame struct {
	Opcode  Opcode
	Payload []byte
	// More says that this is not the last fragment: the bit FIN is 0.
	More bool
	// Reserved are the reserved bits that are set.
	Reserved byte
	// Unmasked leaves out the mask that a client has to use.
	Unmasked bool
	// Width is how many bits the length is written in: 7, 16 or 64. 0: the fewest.
	Width int
	// Claim is a length to write instead of that of Payload. 0: none.
	Claim uint64
}

// length is what the frame says of the length of its payload.
func (f Frame) length() uint64 {
	if f.Claim != 0 {
		return f.Claim
	}
	return uint64(len(f.Payload))
}

// fewest is the least width that a length can be written in.
func fewest(length uint64) int {
	switch {
	case length < 126:
		return 7
	case length <= math.MaxUint16:
		return 16
	default:
		return 64
	}
}

// wire is the frame as it is written to TCP.
func (f Frame) wire() []byte {
	b := []byte{byte(f.Opcode) | f.Reserved<<4, 0}
	if !f.More {
		b[0] |= 0x80
	}
	width := f.Width
	if width == 0 {
		width = fewest(f.length())
	}
	switch width {
	case 7:
		b[1] = byte(f.length())
	case 16:
		b[1] = 126
		b = binary.BigEndian.AppendUint16(b, uint16(f.length()))
	default:
		b[1] = 127
		b = binary.BigEndian.AppendUint64(b, f.length())
	}
	if f.Unmasked {
		return append(b, f.Payload...)
	}
	b[1] |= 0x80
	var key [4]byte
	_, _ = rand.Read(key[:]) // never fails, by its contract
	b = append(b, key[:]...)
	head := len(b)
	b = append(b, f.Payload...)
	mask(b[head:], key)
	return b
}

func mask(payload []byte, key [4]byte) {
	for i := range payload {
		payload[i] ^= key[i%4]
	}
}

// readFrame reads a frame of any kind; what is wrong with it is for fault to say.
// Of a control frame or one whose length is out of all bounds it reads no payload
// that nobody would send.
func readFrame(r *bufio.Reader) (Frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Frame{}, err //nolint:wrapcheck // the one reader of TCP: its error is what ended the connection
	}
	f := Frame{
		Opcode: Opcode(head[0] & 0x0f), Reserved: head[0] >> 4 & 7, More: head[0]&0x80 == 0,
		Unmasked: head[1]&0x80 == 0, Width: 7,
	}
	length := uint64(head[1] & 0x7f)
	if length >= 126 {
		f.Width = map[uint64]int{126: 16, 127: 64}[length]
		var wide [8]byte
		if _, err := io.ReadFull(r, wide[8-f.Width/8:]); err != nil {
			return f, err //nolint:wrapcheck // as above
		}
		length = binary.BigEndian.Uint64(wide[:])
	}
	var key [4]byte
	if !f.Unmasked {
		if _, err := io.ReadFull(r, key[:]); err != nil {
			return f, err //nolint:wrapcheck // as above
		}
	}
	if length > maxMessage {
		f.Claim = length
		return f, nil
	}
	f.Payload = make([]byte, length)
	if _, err := io.ReadFull(r, f.Payload); err != nil {
		return f, err //nolint:wrapcheck // as above
	}
	mask(f.Payload, key)
	return f, nil
}

// fault is the rule of RFC 6455 that a frame which was read breaks, empty for
// none. Whether it has to be masked depends on who sent it, and whether a
// message was begun and not ended on what came before.
func (f Frame) fault(masked, begun bool) string {
	switch {
	case masked && f.Unmasked:
		return "a frame without a mask"
	case !masked && !f.Unmasked:
		return "a frame with a mask"
	case f.Reserved != 0:
		return fmt.Sprintf("a frame with the reserved bits %03b", f.Reserved)
	case !slices.Contains([]Opcode{Continuation, TextFrame, BinaryFrame, CloseFrame, PingFrame, PongFrame}, f.Opcode):
		return fmt.Sprintf("a frame with the reserved %v", f.Opcode)
	case f.length()>>63 != 0:
		return "a length with its highest bit set"
	case f.Width != fewest(f.length()):
		return fmt.Sprintf("a length of %d in %d bits", f.length(), f.Width)
	case f.Opcode.control() && f.More:
		return fmt.Sprintf("a %v in fragments", f.Opcode)
	case f.Opcode.control() && f.length() > 125:
		return fmt.Sprintf("a %v of %d bytes", f.Opcode, f.length())
	case f.Opcode == CloseFrame && len(f.Payload) == 1:
		return "a close frame of 1 byte"
	case f.Opcode == CloseFrame && len(f.Payload) > 1 && !f.status().mayBeSent():
		return fmt.Sprintf("a close frame with status %d", f.status())
	case f.Opcode == Continuation && !begun:
		return "a continuation of nothing"
	case !f.Opcode.control() && f.Opcode != Continuation && begun:
		return fmt.Sprintf("a %v frame within a message of several fragments", f.Opcode)
	}
	return ""
}

// status is that of a close frame that has one.
func (f Frame) status() farewellStatus { return farewellStatus(binary.BigEndian.Uint16(f.Payload)) }

// farewellStatus is the status in a close frame.
type farewellStatus uint16

// mayBeSent says that RFC 6455 §7.4 does not rule the status out.
func (s farewellStatus) mayBeSent() bool {
	return s >= 1000 && s != 1005 && s != 1006 && s != 1015
}

// String is the frame for a transcript: what is unusual about it, and its head.
func (f Frame) String() string {
	words := []string{fmt.Sprintf("%v %d B", f.Opcode, len(f.Payload))}
	say := func(so bool, what string) {
		if so {
			words = append(words, what)
		}
	}
	say(f.More, "not the last")
	say(f.Reserved&RSV1 != 0, "RSV1")
	say(f.Reserved&RSV2 != 0, "RSV2")
	say(f.Reserved&RSV3 != 0, "RSV3")
	say(f.Unmasked, "unmasked")
	say(f.Width != 0, fmt.Sprintf("length in %d bits", f.Width))
	say(f.Claim != 0, fmt.Sprintf("length given as %d", f.Claim))
	return strings.Join(words, ", ")
}

// farewell is a close frame.
func farewell(status int, reason string) Frame {
	return Frame{Opcode: CloseFrame, Payload: append(binary.BigEndian.AppendUint16(nil, uint16(status)), reason...)}
}

// fragments is a message of one frame for each part.
func fragments(kind Kind, parts ...[]byte) []Frame {
	frames := make([]Frame, 0, len(parts))
	for i, part := range parts {
		f := Frame{Opcode: Continuation, Payload: part, More: i < len(parts)-1}
		if i == 0 {
			f.Opcode = Opcode(kind)
		}
		frames = append(frames, f)
	}
	return frames
}

// inPieces cuts a message into n parts of about the same length.
func inPieces(data []byte, n int) [][]byte {
	parts := make([][]byte, 0, n)
	for i := range n {
		parts = append(parts, data[i*len(data)/n:(i+1)*len(data)/n])
	}
	return parts
}

// between puts a frame behind each of frames but the last.
func between(frames []Frame, put func(i int) Frame) []Frame {
	var all []Frame
	for i, f := range frames {
		if i > 0 {
			all = append(all, put(i))
		}
		all = append(all, f)
	}
	return all
}
