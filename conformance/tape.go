// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Note is what a machine needs of a remark in a transcript, to play it back.
type Note struct {
	What Happening `json:"what"`
	// Status is that of a close frame or of an HTTP response, 0 for none.
	Status int `json:"status,omitempty"`
	// Text is what was seen instead of what was waited for.
	Text string `json:"text,omitempty"`
	// Header is that of an HTTP response.
	Header map[string][]string `json:"header,omitempty"`
}

// Happening is what can happen to a connection besides messages.
type Happening string

// The happenings.
const (
	Refused  Happening = "refused"   // a connection could not be opened
	Opened   Happening = "opened"    // an unusual handshake led to a connection
	Answered Happening = "answered"  // an unusual handshake was answered, and led to none
	NoHTTP   Happening = "no-http"   // an opening handshake was not answered in HTTP
	Ended    Happening = "ended"     // the end of the connection was read
	Found    Happening = "found"     // it had ended when somebody looked
	Silence  Happening = "silence"   // nothing came in time
	TimeOver Happening = "time-over" // nothing came before the time of the case was over
	Unsent   Happening = "unsent"    // not all of a message could be sent
	Ponged   Happening = "ponged"    // a pong came
	NoPong   Happening = "no-pong"   // none did
)

// tape plays the transcript of a case back. Each connection has a queue of its
// own, so that what connections did at once needs no common order.
type tape struct {
	mu    sync.Mutex
	lines map[int][]Line // by connection; 0 for handshakes
}

func newTape(transcript []Line) *tape {
	t := &tape{lines: map[int][]Line{}}
	for _, l := range transcript {
		if l.played() {
			t.lines[l.Conn] = append(t.lines[l.Conn], l)
		}
	}
	return t
}

// played says whether a tape plays a line back; the others are for people.
func (l Line) played() bool { return l.Kind != 0 || l.Note != nil }

// markIn is where a mark in one transcript of a case stands in another one, which has
// other lines for people; nil if nowhere.
func (m *Mark) markIn(saved, fresh []Line) *Mark {
	if m == nil {
		return nil
	}
	marked, before := fresh[m.Line], 0
	for _, l := range fresh[:m.Line] {
		if l.played() && l.Conn == marked.Conn {
			before++
		}
	}
	for i, l := range saved {
		switch {
		case !l.played() || l.Conn != marked.Conn:
		case before > 0:
			before--
		default:
			place := *m
			place.Line = i
			if l.Short != marked.Short {
				place.From, place.To = 0, 0
			}
			return &place
		}
	}
	return nil
}

// misfit ends a case whose transcript tells of another one.
func misfit(how string) {
	end(ended{verdict: Untested, reason: "the transcript does not fit this version of the suite: " + how})
}

// peek is the next line of a connection, the zero Line after the last.
func (t *tape) peek(conn int) Line {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.lines[conn]) == 0 {
		return Line{}
	}
	return t.lines[conn][0]
}

func (t *tape) pop(conn int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines[conn] = t.lines[conn][1:]
}

// happened takes the next line of a connection if it notes one of the happenings.
func (t *tape) happened(conn int, one ...Happening) (Note, bool) {
	l := t.peek(conn)
	if l.Note == nil || !slices.Contains(one, l.Note.What) {
		return Note{}, false
	}
	t.pop(conn)
	return *l.Note, true
}

// sent compares a message with the one that was sent then.
func (t *tape) sent(l Line) {
	then := t.peek(l.Conn)
	if then.Dir != Outgoing || then.Kind != l.Kind {
		misfit("it sends " + l.Short)
	}
	if !l.Redacted && then.Size != l.Size || then.Sum != l.Sum || then.Redacted != l.Redacted ||
		then.Withheld == "" && !bytes.Equal(then.Message(), l.Message()) {
		misfit("it sends " + l.Short + ", then it was " + then.Short)
	}
	t.pop(l.Conn)
}

// handshake is the answer to the next handshake.
func (t *tape) handshake() Note {
	note, ok := t.happened(0, Opened, Answered, NoHTTP)
	if !ok {
		misfit("it makes an opening handshake")
	}
	return note
}

// rest ends a case that left lines unread.
func (t *tape) rest() {
	for n, lines := range t.lines {
		if len(lines) > 0 {
			misfit(fmt.Sprintf("connection %d goes on with: %s %s", n, lines[0].Dir, lines[0].Short))
		}
	}
}

// played is a connection that a tape plays back.
type played struct {
	tape   *tape
	number int
	last   *ending
}

func (c *played) next(context.Context, time.Duration) (event, bool) {
	if e, ok := c.unread(); ok {
		return e, true
	}
	note, ok := c.tape.happened(c.number, Silence, TimeOver)
	if !ok {
		misfit("it waits for a message")
	}
	return event{over: note.What == TimeOver}, false
}

func (c *played) unread() (event, bool) {
	if note, ok := c.tape.happened(c.number, Ended); ok {
		c.last = note.ending()
		return event{end: c.last}, true
	}
	l := c.tape.peek(c.number)
	if l.Dir != Incoming {
		return event{}, false
	}
	if l.Withheld != "" {
		end(ended{verdict: Untested, reason: "the transcript does not hold all that came: " + l.Withheld})
	}
	c.tape.pop(c.number)
	return event{kind: l.Kind, data: l.Message()}, true
}

func (c *played) ended() *ending {
	if note, ok := c.tape.happened(c.number, Found); ok {
		c.last = note.ending()
	}
	return c.last
}

func (c *played) write(context.Context, Kind, ...[]byte) error {
	if note, ok := c.tape.happened(c.number, Unsent); ok {
		return errors.New(note.Text)
	}
	return nil
}

func (c *played) ping(context.Context) error {
	note, ok := c.tape.happened(c.number, Ponged, NoPong)
	switch {
	case !ok:
		misfit("it waits for a pong")
	case note.What == NoPong:
		return errors.New(note.Text)
	}
	return nil
}

func (c *played) close(int, string)  {}
func (c *played) drop(time.Duration) {}

// note is an ending for a transcript, and ending reads it back.
func (e *ending) note(what Happening) *Note {
	return &Note{What: what, Status: e.code, Text: e.String()}
}

func (n Note) ending() *ending {
	e := &ending{code: n.Status}
	switch why, broken := strings.CutPrefix(n.Text, brokenFrame); {
	case broken:
		e.err = errors.New(why)
	case n.Text == connectionReset:
		e.err = syscall.ECONNRESET
	case n.Status == 0:
		e.err = io.EOF
	}
	return e
}

// maxSaved is the longest message that a transcript keeps, in bytes, as it is or
// packed by gzip.
const maxSaved = 64 << 10

// maxPacked is the longest message that is tried to be packed, in bytes.
const maxPacked = 8 << 20

// saved keeps a message in its line: whole if it is short, packed if it is long.
func (l Line) saved(data []byte) Line {
	if len(data) <= maxSaved {
		l.Data = data
		return l
	}
	if len(data) <= maxPacked {
		if packed := pack(data); len(packed) <= maxSaved {
			l.Packed = packed
			return l
		}
	}
	l.Sum = fmt.Sprintf("%x", sha256.Sum256(data))
	l.Withheld = "it is longer than 64 KiB"
	return l
}

func pack(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

// Message is the message byte for byte, but see Redacted; nil for what was
// withheld.
func (l Line) Message() []byte {
	if l.Packed == nil {
		return l.Data
	}
	r, err := gzip.NewReader(bytes.NewReader(l.Packed))
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(r, maxMessage))
	if err != nil {
		return nil
	}
	return data
}
