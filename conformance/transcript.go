// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxSaved is the longest message that a transcript keeps byte for byte.
const maxSaved = 64 << 10

func (s *scene) line(l Line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.At = time.Since(s.began)
	s.lines = append(s.lines, l)
}

func (s *scene) note(c *conn, text string) { s.line(Line{Conn: c.number, Dir: Remark, Short: text}) }

// check records that a verdict was asked for.
func (s *scene) check(helper, path, expected string) {
	s.line(Line{Dir: Asked, Short: strings.TrimSpace(helper + " " + path + ": " + expected)})
}

// sent records a message on its way out.
func (s *scene) sent(c *conn, r *Sent, parts ...[]byte) {
	var data []byte
	for _, part := range parts {
		data = append(data, part...)
	}
	s.volume.Add(int64(len(data)))
	short, secret := s.shortRequest(r.kind, data)
	if len(parts) > 1 {
		short = fmt.Sprintf("(%d fragments) %s", len(parts), short)
	}
	s.line(saved(Line{Conn: c.number, Dir: Outgoing, Kind: r.kind, Size: len(data), Short: short}, data, secret))
}

// received records what came and reads it. The answer's value is nil where it
// cannot be read; judge says so.
func (s *scene) received(c *conn, r *Sent, e event) *Answer {
	a := &Answer{scene: s, end: e.end, kind: e.kind}
	if e.end != nil {
		s.note(c, e.end.String())
		return a
	}
	a.value, a.err = read(e.kind.format(), e.data)
	var echo M
	if r != nil {
		a.after, echo = e.at.Sub(r.at), r.echo
	}
	short, secret := shortReply(a, e.data, echo)
	s.line(saved(Line{Conn: c.number, Dir: Incoming, Kind: e.kind, Size: len(e.data), Short: short}, e.data, secret))
	return a
}

func saved(l Line, data []byte, secret bool) Line {
	switch {
	case secret:
		l.Withheld = "it carries credentials"
	case len(data) > maxSaved:
		l.Withheld = "it is longer than 64 KiB"
	default:
		l.Data = data
	}
	return l
}

// shortRequest prints a request, `{…}` standing for the headers that are those of
// the case's first request: another client or project stands out.
func (s *scene) shortRequest(kind Kind, data []byte) (short string, secret bool) {
	v, err := read(kind.format(), data)
	if err != nil {
		return spoilt(kind, data, err), mayHoldSecret(data)
	}
	v, secret = redact(v)
	elide := map[string]string{}
	if headers, ok := lookup(v, "headers").(M); ok && plainHeaders(headers) {
		elide["headers"] = s.unlikeTheFirst(headers)
	}
	return printer{cut: true, elide: elide}.value(v), secret
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

// shortReply prints a reply, `=` standing for an echo that equals the request:
// what is left is what matters, and a wrong echo stands out.
func shortReply(a *Answer, data []byte, echo M) (short string, secret bool) {
	if a.err != nil {
		return spoilt(a.kind, data, a.err), mayHoldSecret(data)
	}
	v, secret := redact(a.value)
	elide := map[string]string{}
	if got, ok := a.at("request").(M); ok && echo != nil && sameEcho(got, echo) {
		elide["request"] = "="
	}
	return printer{cut: true, elide: elide}.value(v), secret
}

// spoilt prints a message that cannot be read: what stands around the byte
// where the reader stopped.
func spoilt(kind Kind, data []byte, err error) string {
	if mayHoldSecret(data) {
		return "(withheld: it may carry credentials)"
	}
	const around = 60
	from, to := 0, len(data)
	if e := (*readError)(nil); errors.As(err, &e) {
		from, to = max(0, e.at-around), min(len(data), e.at+around)
	}
	before, after := "", ""
	if from > 0 {
		before = "… "
	}
	if to < len(data) {
		after = " …"
	}
	if kind == Binary {
		return before + fmt.Sprintf("% x", data[from:to]) + after
	}
	return before + printable(data[from:to]) + after
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

func mayHoldSecret(data []byte) bool {
	for name := range secretHeaders() {
		if strings.Contains(string(data), name) {
			return true
		}
	}
	return false
}

// redact is v without credentials, wherever they stand.
func redact(v any) (clean any, found bool) {
	switch v := v.(type) {
	case []any:
		out := make(L, len(v))
		for i, e := range v {
			c, f := redact(e)
			out[i], found = c, found || f
		}
		return out, found
	case map[string]any:
		out := make(M, len(v))
		for k, e := range v {
			c, f := redact(e)
			if secretHeaders()[k] {
				c, f = "redacted", true
			}
			out[k], found = c, found || f
		}
		return out, found
	}
	return v, false
}
