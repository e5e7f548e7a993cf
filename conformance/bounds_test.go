// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

func TestAnAnswerToAHandshakeThatIsTooLongIsNone(t *testing.T) {
	t.Parallel()
	var conns atomic.Int64
	line := "X-More: " + strings.Repeat("x", 1000) + "\r\n"
	r := testRun(t, serveRaw(t, &rawServer{opens: func(c net.Conn, _ *http.Request) bool {
		if conns.Add(1) == 1 {
			return false
		}
		_, err := c.Write([]byte("HTTP/1.1 101 Switching Protocols\r\n"))
		for n := 0; n < 8*maxOpening && err == nil; n += len(line) {
			_, err = c.Write([]byte(line))
		}
		_, _ = c.Write([]byte("\r\n"))
		return true
	}}))
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) { p.Raw(ctx) })
	if got.Failure == nil || got.Failure.Requirement != ruleHandshake || got.Failure.Symptom != NoReply {
		t.Errorf("%s %s %+v, want a failure for an answer that is none", got.Verdict, got.Reason, got.Failure)
	}
}

func TestATranscriptTellsOfSomeControlFramesOnly(t *testing.T) {
	t.Parallel()
	r := testRun(t, serveRaw(t, &rawServer{writes: func(f Frame) []Frame {
		frames := make([]Frame, 0, 1001)
		for range 1000 {
			frames = append(frames, Frame{Opcode: PongFrame, Unmasked: true})
		}
		return append(frames, f)
	}}))
	r.keep = true
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) { p.Raw(ctx).Do(ctx, "queue_list", nil) })
	told := 0
	for _, l := range got.Transcript {
		if strings.HasPrefix(l.Short, "a pong") {
			told++
		}
	}
	if told != maxNoted {
		t.Errorf("%s %s %+v: told of %d pongs, want %d", got.Verdict, got.Reason, got.Failure, told, maxNoted)
	}
}

// What is long is not kept until somebody reads its line.
func TestALongMessageIsNotKept(t *testing.T) {
	t.Parallel()
	s := testRun(t, "").scene(one{})
	for size, kept := range map[int]bool{maxKept: true, maxKept + 1: false} {
		n := s.lazy(Line{Size: size}, func(l Line) Line { return l })
		if got := s.lines[n].finish != nil; got != kept {
			t.Errorf("a line of %d bytes is kept: %v, want %v", size, got, kept)
		}
	}
	data := make([]byte, maxPacked+1)
	if l := (Line{}).saved(data); l.Withheld == "" || l.Packed != nil {
		t.Errorf("%d bytes were packed, want them withheld", len(data))
	}
}
