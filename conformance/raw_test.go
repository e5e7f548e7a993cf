// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// rawIDs are the cases that speak over a connection of their own frames.
func rawIDs() []string {
	s := new(suite)
	for _, register := range []func(*suite){
		framesOpening, framesBroken, framesFragments, framesSplitText, framesControl, framesOwn, framesStream, framesLengthRaw,
	} {
		register(s)
	}
	ids := make([]string, 0, len(s.cases))
	for _, c := range s.cases {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestAServerThatObeysPassesEveryRawCase(t *testing.T) {
	t.Parallel()
	r := rawRun(t, testRun, &rawServer{})
	for _, id := range rawIDs() {
		// It closes without a word, as it may.
		if got := tryFormats(r, caseOf(t, id)); got.Verdict != Pass && got.Broken() != spec.FRM20 {
			t.Errorf("%v", got)
		}
	}
}

// breaches names, for each case of FRM-15, the faults of frames that a server
// tolerates which fails it.
func breaches() map[string]string {
	return map[string]string{
		"without-a-mask":                            "without a mask",
		"with-reserved-bit-1":                       "reserved bits 100",
		"with-reserved-bit-2":                       "reserved bits 010",
		"with-reserved-bit-3":                       "reserved bits 001",
		"reserved-opcodes-of-data":                  "reserved opcode 0x5",
		"reserved-opcodes-of-control":               "reserved opcode 0xf",
		"length-of-16-bits-for-one-of-7":            "in 16 bits",
		"length-of-64-bits-for-one-of-7":            `of \d{1,2} in 64 bits`,
		"length-of-64-bits-for-one-of-16":           `of \d{3,} in 64 bits`,
		"length-with-the-highest-bit":               "highest bit",
		"ping-longer-than-125-bytes":                "ping of",
		"pong-longer-than-125-bytes":                "pong of",
		"close-frame-longer-than-125-bytes":         "close of",
		"ping-in-fragments":                         "ping in fragments",
		"pong-in-fragments":                         "pong in fragments",
		"close-frame-in-fragments":                  "close in fragments",
		"close-frame-of-one-byte":                   "close frame of 1 byte",
		"close-frame-with-a-status-that-is-none":    "status 1005",
		"close-frame-whose-reason-is-not-utf-8":     "reason is not",
		"continuation-of-nothing":                   "continuation of nothing",
		"continuation-of-a-message-that-ended":      "continuation of nothing",
		"a-message-within-the-fragments-of-another": "within a message",
	}
}

func TestAServerThatToleratesABrokenFrameFailsFRM15(t *testing.T) {
	t.Parallel()
	tolerated := breaches()
	var all sync.WaitGroup // what hangs hangs together
	for _, id := range rawIDs() {
		slug, isBreach := strings.CutPrefix(id, "FRM-15/")
		if !isBreach {
			continue
		}
		if tolerated[slug] == "" {
			t.Fatalf("no server is known that fails %s", id)
		}
		fault := regexp.MustCompile(tolerated[slug] + "$|" + tolerated[slug] + " .*")
		s := &rawServer{tolerates: func(f string) bool {
			return fault.MatchString(f) || strings.Contains(slug, "fragments") && f == "a continuation of nothing"
		}}
		r, c := rawRun(t, unhurried, s), caseOf(t, id)
		all.Go(func() {
			if got := tryFormats(r, c); got.Broken() != spec.FRM15 || got.Verdict != Fail {
				t.Errorf("%v, want FRM-15 broken", got)
			}
			if n := s.conns.Load(); n > 12 {
				t.Errorf("%s: %d connections, want no more after the first that stayed open", id, n)
			}
		})
	}
	all.Wait()
}

// answerOf is a good answer to a message, to be spoilt.
func answerOf(kind Kind, data []byte, status int) (m *incoming, reply M) {
	v, _ := read(kind.format(), data)
	m = &incoming{kind: kind, data: data, value: v}
	return m, m.reply(status, M{"queues": L{}, "marker": ""})
}

// onlyFrame changes the frames of one opcode on their way out.
func onlyFrame(o Opcode, change func(f Frame) []Frame) func(Frame) []Frame {
	return func(f Frame) []Frame {
		if f.Opcode != o {
			return []Frame{f}
		}
		return change(f)
	}
}

func TestEachFaultOfAStreamFailsTheCaseOfItsRule(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup // what hangs hangs together
	cut := func(c *rawConn, f Frame) bool { return f.Opcode == PongFrame && c.tcp.Close() == nil }
	for name, tc := range map[string]struct {
		server *rawServer
		id     string
		rule   spec.ID
	}{
		"fragments are messages": {&rawServer{reads: func(_ *rawConn, f Frame) bool {
			return f.Opcode == Continuation
		}}, "FRM-10/fragments-of-one-byte", spec.FRM25},
		"an empty fragment ends the connection": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == Continuation && len(f.Payload) == 0 && c.tcp.Close() == nil
		}}, "FRM-10/fragments-of-nothing", spec.FRM10},
		"a ping between fragments ends the connection": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == PingFrame && c.open && c.tcp.Close() == nil
		}}, "FRM-10/pings-and-pongs-between-fragments", spec.FRM10},
		"text is checked fragment by fragment": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.More && !bytes.Equal(f.Payload, bytes.ToValidUTF8(f.Payload, nil)) && c.tcp.Close() == nil
		}}, "FRM-10/characters-cut-in-two", spec.FRM10},
		"no pong": {&rawServer{reads: func(_ *rawConn, f Frame) bool {
			return f.Opcode == PingFrame
		}}, "FRM-11/payloads-of-every-length", spec.FRM11},
		"a pong without payload": {&rawServer{writes: onlyFrame(PongFrame, func(Frame) []Frame {
			return []Frame{{Opcode: PongFrame, Unmasked: true}}
		})}, "FRM-11/payloads-of-every-length", spec.FRM11},
		"no pong for the last of many": {&rawServer{reads: func(_ *rawConn, f Frame) bool {
			return f.Opcode == PingFrame && string(f.Payload) == "49"
		}}, "FRM-11/the-last-of-many", spec.FRM11},
		"a pong only behind the message": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == PingFrame && c.open
		}}, "FRM-72/a-ping-between-two-fragments", spec.FRM72},
		"a stray pong ends the connection": {&rawServer{reads: cut}, "FRM-74/pongs-that-nobody-asked-for", spec.FRM74},
		"a stray pong is answered": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == PongFrame && c.message(Text, []byte("{}"))
		}}, "FRM-74/pongs-that-nobody-asked-for", spec.FRM74},
		"an empty close frame is not answered": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == CloseFrame && len(f.Payload) == 0 && c.tcp.Close() == nil
		}}, "FRM-13/close-frames-of-every-length", spec.FRM13},
		"a close frame between fragments waits for the rest": {&rawServer{reads: func(c *rawConn, f Frame) bool {
			return f.Opcode == CloseFrame && c.open
		}}, "FRM-13/between-fragments", spec.FRM13},
		"text of any bytes, in fragments": {&rawServer{anyText: true}, "FRM-14/not-utf-8-in-a-fragment", spec.FRM14},
		"text of any bytes, across them":  {&rawServer{anyText: true}, "FRM-14/not-utf-8-across-fragments", spec.FRM14},
		"a long message is swallowed": {&rawServer{answers: func(_ *rawConn, _ Kind, data []byte) bool {
			return len(data) > 200_000
		}}, "FRM-16/longer-than-max-frame-in-fragments", spec.FRM16},
		"many fragments are too many": {&rawServer{answers: func(c *rawConn, _ Kind, data []byte) bool {
			return len(data) == 200_000 && c.tcp.Close() == nil
		}}, "FRM-18/as-long-as-max-frame-in-fragments", spec.FRM18},
		"replies in pairs, the later first": {&rawServer{answers: inPairs()}, "FRM-26/a-thousand-at-once", spec.FRM26},
		"a request lost among many": {&rawServer{answers: func(_ *rawConn, _ Kind, data []byte) bool {
			return bytes.Contains(data, []byte(`"999"`))
		}}, "FRM-26/a-thousand-at-once", spec.FRM25},
		"all replies as text": {&rawServer{answers: func(c *rawConn, kind Kind, data []byte) bool {
			_, reply := answerOf(kind, data, 200)
			c.ws.send(Text, reply)
			return true
		}}, "FRM-26/a-hundred-of-both-kinds-at-once", spec.FRM27},
		"a half-closed connection is held open and mute": {&rawServer{answers: func(*rawConn, Kind, []byte) bool {
			return true
		}}, "FRM-25/behind-the-request-the-sending-side-ends", spec.FRM25},
	} {
		r, c := rawRun(t, unhurried, tc.server), caseOf(t, tc.id)
		all.Go(func() {
			if got := tryFormats(r, c); got.Broken() != tc.rule {
				t.Errorf("%s: %v, want %s broken", name, got, tc.rule)
			}
		})
	}
	all.Wait()
}

// inPairs answers each second request before the one that came first.
func inPairs() func(c *rawConn, kind Kind, data []byte) bool {
	var held M
	return func(c *rawConn, kind Kind, data []byte) bool {
		m, reply := answerOf(kind, data, 200)
		switch {
		case lookup(m.value, "headers.Number") == absent:
			return false
		case held == nil:
			held = reply
		default:
			c.ws.send(kind, reply)
			c.ws.send(kind, held)
			held = nil
		}
		return true
	}
}

func TestAFrameOfTheTargetsThatBreaksRFC6455FailsFRM73(t *testing.T) {
	t.Parallel()
	data := func(change func(f *Frame)) func(Frame) []Frame {
		return onlyFrame(TextFrame, func(f Frame) []Frame {
			change(&f)
			return []Frame{f}
		})
	}
	for name, tc := range map[string]struct {
		writes func(Frame) []Frame
		id     string
	}{
		"a mask":              {data(func(f *Frame) { f.Unmasked = false }), "FRM-73/replies-of-every-length"},
		"a reserved bit":      {data(func(f *Frame) { f.Reserved = RSV1 }), "FRM-73/replies-of-every-length"},
		"an opcode":           {data(func(f *Frame) { f.Opcode = 0x3 }), "FRM-73/replies-of-every-length"},
		"a length in 64 bits": {data(func(f *Frame) { f.Width = 64 }), "FRM-73/replies-of-every-length"},
		"65535 in 64 bits": {data(func(f *Frame) {
			if len(f.Payload) == 65535 {
				f.Width = 64
			}
		}), "FRM-73/replies-of-every-length"},
		"a long pong": {onlyFrame(PongFrame, func(f Frame) []Frame {
			f.Payload = append(f.Payload, make([]byte, 126)...)
			return []Frame{f}
		}), "FRM-73/control-frames"},
		"a pong in fragments": {onlyFrame(PongFrame, func(f Frame) []Frame {
			f.More = true
			return []Frame{f, {Opcode: Continuation, Unmasked: true}}
		}), "FRM-73/control-frames"},
		"a status that is none": {onlyFrame(CloseFrame, func(Frame) []Frame {
			bye := farewell(1006, "")
			bye.Unmasked = true
			return []Frame{bye}
		}), "FRM-73/control-frames"},
		"a continuation of nothing": {data(func(f *Frame) { f.Opcode = Continuation }), "FRM-26/a-thousand-at-once"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rawRun(t, testRun, &rawServer{writes: tc.writes})
			got := r.play(t.Context(), one{caseOf(t, tc.id), JSON})
			if got.Broken() != spec.FRM73 {
				t.Errorf("%v, want FRM-73 broken", got)
			}
		})
	}
}

func TestFramesAreWrittenAndReadAlike(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 125, 126, 65535, 65536} {
		for _, unmasked := range []bool{true, false} {
			want := Frame{Opcode: BinaryFrame, Payload: bytes.Repeat([]byte{7}, size), Unmasked: unmasked, More: true, Reserved: 5}
			got, err := readFrame(bufio.NewReader(bytes.NewReader(want.wire())))
			want.Width = fewest(uint64(size))
			if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("%d bytes, unmasked %v: read %v, %v", size, unmasked, got, err)
			}
		}
	}
	// The examples of RFC 6455 §5.7.
	for bytes, want := range map[string]Frame{
		"\x81\x05Hello": {Opcode: TextFrame, Unmasked: true, Payload: []byte("Hello")},
		"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58": {Opcode: TextFrame, Payload: []byte("Hello")},
		"\x01\x03Hel": {Opcode: TextFrame, Unmasked: true, More: true, Payload: []byte("Hel")},
		"\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58": {Opcode: PongFrame, Payload: []byte("Hello")},
	} {
		got, err := readFrame(bufio.NewReader(strings.NewReader(bytes)))
		want.Width = 7
		if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("% x: read %+v, %v, want %+v", bytes, got, err, want)
		}
	}
}

func TestASilentTargetCostsARawCaseOneDeadline(t *testing.T) {
	t.Parallel()
	s := &rawServer{answers: func(*rawConn, Kind, []byte) bool { return true }}
	for _, id := range []string{"FRM-15/reserved-opcodes-of-data", "FRM-14/not-utf-8-across-fragments", "FRM-10/fragments-of-nothing"} {
		before := s.conns.Load()
		if got := tryFormats(rawRun(t, hasty, s), caseOf(t, id)); got.Verdict != Fail {
			t.Errorf("%v, want a failure", got)
		}
		// The case's own, the raw one, and those by which it finds out whether the
		// target is still there.
		if n := s.conns.Load() - before; n > 4 {
			t.Errorf("%s opened %d connections to a server that answers nothing", id, n)
		}
	}
}
