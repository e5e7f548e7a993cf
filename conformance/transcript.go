// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// written is a line of a transcript on its way. Most cases pass, and nobody reads their
// transcripts: what takes time is done by finish, when the line is read.
type written struct {
	Line

	finish func(Line) Line // nil if there is nothing left to do
}

// line adds a line to the transcript and returns its number, from 0.
func (s *scene) line(l Line) int { return s.add(written{Line: l}) }

// maxKept is how long a message may be to be kept until its line is read, in bytes.
const maxKept = 1 << 20

// lazy is line for one that is finished only when it is read, unless much would be kept
// for that.
func (s *scene) lazy(l Line, finish func(Line) Line) int {
	if s.tape != nil || l.Size > maxKept {
		return s.line(finish(l))
	}
	return s.add(written{l, finish})
}

func (s *scene) add(w written) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acted = true
	w.At = time.Since(s.began)
	s.lines = append(s.lines, w)
	return len(s.lines) - 1
}

// finished is a line by its number.
func (s *scene) finished(n int) Line {
	s.mu.Lock()
	w := s.lines[n]
	s.mu.Unlock()
	if w.finish == nil {
		return w.Line
	}
	w = written{Line: w.finish(w.Line)} // without the lock: it asks the scene about credentials
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines[n] = w
	return w.Line
}

// transcript is all lines, when the case is over.
func (s *scene) transcript() []Line {
	lines := make([]Line, len(s.lines))
	for n := range lines {
		lines[n] = s.finished(n)
	}
	return lines
}

func (s *scene) note(c *conn, text string) { s.remark(c, text, nil) }

func (s *scene) remark(c *conn, text string, n *Note) int {
	return s.line(Line{Conn: c.number, Dir: Remark, Short: text, Note: n})
}

// check records that a verdict was asked for, and returns the line's number.
func (s *scene) check(helper, path, expected string) int {
	return s.line(Line{Dir: Asked, Short: strings.TrimSpace(helper + " " + path + ": " + expected)})
}

// sent records a message on its way out.
func (s *scene) sent(c *conn, r *Sent, parts ...[]byte) {
	data := slices.Concat(parts...)
	s.load(len(data))
	v, err := read(r.kind.format(), data)
	s.learn(v)
	r.seen = echoOf(v)
	s.lazy(Line{Conn: c.number, Dir: Outgoing, Kind: r.kind, Size: len(data)}, func(l Line) Line {
		l.Short = s.shortRequest(r.kind, data, v, err)
		if len(parts) > 1 {
			l.Short = fmt.Sprintf("(%d fragments) %s", len(parts), l.Short)
		}
		l = s.keep(l, data, v, err)
		if s.tape != nil {
			s.tape.sent(l)
		}
		return l
	})
}

// received records what came and reads it. The answer's value is nil where it
// cannot be read; judge says so.
func (s *scene) received(c *conn, r *Sent, e event) *Answer {
	a := &Answer{scene: s, end: e.end, kind: e.kind, data: e.data}
	if e.end != nil {
		a.line = s.remark(c, e.end.String(), e.end.note(Ended))
		s.judgeFrame(c, e.end)
		return a
	}
	a.value, a.err = read(e.kind.format(), e.data)
	s.learnIssued(a.value)
	if r != nil {
		a.echo = r.seen
	}
	a.line = s.lazy(Line{Conn: c.number, Dir: Incoming, Kind: e.kind, Size: len(e.data)}, func(l Line) Line {
		l.Short = a.short("").String()
		return s.keep(l, e.data, a.value, a.err)
	})
	return a
}

// keep saves a message in its line, without credentials.
func (s *scene) keep(l Line, data []byte, v any, unread error) Line {
	if unread != nil {
		if s.mayHold(data) {
			l.Withheld = "it may carry credentials"
			return l
		}
		return l.saved(data)
	}
	clean, secret := s.redact(v)
	if !secret {
		return l.saved(data)
	}
	l.Redacted = true
	data, err := write(l.Kind.format(), clean)
	if err != nil {
		l.Withheld = "it carries credentials"
		return l
	}
	return l.saved(data)
}

// shortRequest prints a request, `{…}` standing for the headers that are those of
// the case's first request: another client or project stands out.
func (s *scene) shortRequest(kind Kind, data []byte, v any, unread error) string {
	if unread != nil {
		return s.spoilt(kind, data, unread).String()
	}
	clean, _ := s.redact(v)
	p := printer{cut: true, elide: map[string]string{}}
	if headers, ok := lookup(v, "headers").(M); ok && plainHeaders(headers) {
		p.elide["headers"] = s.unlikeTheFirst(headers)
	}
	return p.envelope(clean)
}

// unlikeTheFirst prints those headers that are not as in the case's first request.
func (s *scene) unlikeTheFirst(headers M) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.usual == nil {
		s.usual = headers
	}
	var text strings.Builder
	for _, name := range sortedKeys(headers) {
		if !equal(headers[name], s.usual[name]) {
			text.WriteString(name + ": " + printed(headers[name]) + ", ")
		}
	}
	return "{" + text.String() + "…}"
}

// plainHeaders says whether headers are those that a case did not change.
func plainHeaders(headers M) bool {
	_, client := headers[headerClient].(string)
	_, project := headers[headerProject].(string)
	return client && project && len(headers) == 2
}

// short prints a reply, `(as sent)` standing for an echo, or a part of one, that
// equals the request: what is left is what matters, and a wrong echo stands out.
// What lies at the path is marked, and not cut away.
func (a *Answer) short(path string) marked {
	if a.err != nil {
		return a.scene.spoilt(a.kind, a.data, a.err)
	}
	clean, _ := a.scene.redact(a.value)
	p := printer{cut: true, elide: map[string]string{}, focus: stepsTo(a.value, path)}
	if got, ok := a.at("request").(M); ok && a.echo != nil {
		p.elideEcho(withoutSecrets(got), a.echo)
	}
	return markedIn(p.envelope(clean))
}

// elideEcho elides what is as it was sent, but for what the focus lies in.
func (p printer) elideEcho(got, want M) {
	inside := func(steps ...string) bool {
		return len(p.focus) >= len(steps) && slices.Equal(p.focus[:len(steps)], steps)
	}
	if equal(got, want) && !inside("request") {
		p.elide["request"] = asSent
		return
	}
	for key := range want {
		if !inside("request", key) && equal(got[key], want[key]) {
			p.elide["request."+key] = asSent
		}
	}
}

// asSent stands for an echo that equals what it echoes.
const asSent = "(as sent)"

// spoilt prints a message that cannot be read: what stands around the byte
// where the reader stopped, which is marked.
func (s *scene) spoilt(kind Kind, data []byte, err error) marked {
	if s.mayHold(data) {
		return marked{text: "(withheld: it may carry credentials)"}
	}
	const around = 60
	from, to, place := 0, len(data), -1
	if e, ok := errors.AsType[*readError](err); ok {
		from, to, place = max(0, e.at-around), min(len(data), e.at+around), e.at
	}
	show := printable
	if kind == Binary {
		show = func(b []byte) string { return fmt.Sprintf("% x", b) }
	}
	text := show(data[from:to])
	switch {
	case place == len(data):
		text += markBegin + " (it ends here)" + markEnd
	case place >= 0 && kind == Binary:
		text = strings.TrimPrefix(show(data[from:place])+" ", " ") +
			markBegin + show(data[place:place+1]) + markEnd + strings.TrimSuffix(" "+show(data[place+1:to]), " ")
	case place >= 0:
		_, width := utf8.DecodeRune(data[place:])
		text = show(data[from:place]) + markBegin + show(data[place:place+width]) + markEnd + show(data[place+width:max(to, place+width)])
	}
	if from > 0 {
		text = "… " + text
	}
	if to < len(data) {
		text += " …"
	}
	return markedIn(text)
}

// printable is text that may be none, on one line: what cannot be printed is
// written as an escape of Go.
func printable(text []byte) string {
	var b strings.Builder
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r == utf8.RuneError && n == 1 || !unicode.IsPrint(r) {
			quoted := strconv.Quote(string(text[:n]))
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.Write(text[:n])
		}
		text = text[n:]
	}
	return b.String()
}
