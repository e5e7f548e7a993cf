// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"encoding/hex"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// frame is a line of a transcript, in the lane of who sent it.
type frame struct {
	Lane string // client, server, or aside for what is no message
	At   string
	Conn int // 0 if the case has only one connection
	Kind string
	Size int
	// Short is the message on a line, Whole the value that it holds, an entry a line:
	// JSON, or MessagePack decoded. Whole is empty if it cannot be read.
	Short, Whole excerpt
	Hex          template.HTML
	Wrong        bool // the failure shows here
	Redacted     bool
	Withheld     string
}

// transcript is that of a case, cut where it becomes interesting: at the request
// before the line where the failure shows.
type transcript struct{ Before, After []frame }

// The least that is worth being folded away.
const minBefore = 4

func newTranscript(c conformance.CaseResult) transcript {
	all := frames(c)
	wrong := slices.IndexFunc(all, func(f frame) bool { return f.Wrong })
	for i := wrong - 1; i >= minBefore; i-- {
		if all[i].Lane == "client" && all[i].Conn == all[wrong].Conn {
			return transcript{all[:i], all[i:]}
		}
	}
	return transcript{After: all}
}

// frames are the lines of a transcript.
func frames(c conformance.CaseResult) []frame {
	several := slices.ContainsFunc(c.Transcript, func(l conformance.Line) bool { return l.Conn > 1 })
	out := make([]frame, 0, len(c.Transcript))
	for i, l := range c.Transcript {
		f := frame{
			Lane: "aside", At: ms(l.At), Size: l.Size, Short: excerpt{Before: l.Short},
			Redacted: l.Redacted, Withheld: l.Withheld,
		}
		switch l.Dir {
		case conformance.Outgoing:
			f.Lane = "client"
		case conformance.Incoming:
			f.Lane = "server"
		default:
		}
		if several {
			f.Conn = l.Conn
		}
		mark, path := conformance.Mark{}, ""
		if c.Failure != nil && c.Failure.Mark != nil && c.Failure.Mark.Line == i {
			mark, path, f.Wrong = *c.Failure.Mark, c.Failure.Path, true
			f.Short = marked(l.Short, mark.From, mark.To)
		}
		if l.Kind != 0 {
			f.Kind = l.Kind.String()
			f.read(l, mark, path)
		}
		out = append(out, f)
	}
	return out
}

// read shows what the message holds.
func (f *frame) read(l conformance.Line, mark conformance.Mark, path string) {
	data := l.Message()
	if len(data) == 0 {
		return
	}
	format := conformance.JSON
	if l.Kind == conformance.Binary {
		format = conformance.MsgPack
	}
	if v, err := conformance.Read(format, data); err == nil {
		f.Whole = indented(v, path)
	}
	f.Hex = hexadecimal(data, mark.First, mark.Last)
}

// marked cuts a text at a place, in characters; it is all before if there is none.
func marked(text string, from, to int) excerpt {
	runes := []rune(text)
	if from < 0 || from >= to || to > len(runes) {
		return excerpt{Before: text}
	}
	return excerpt{string(runes[:from]), string(runes[from:to]), string(runes[to:])}
}

// The bytes of a line, and the most lines that are shown of a message.
const (
	perLine  = 16
	maxLines = 24
)

// hexadecimal is a message byte for byte, from first up to last marked. Of a long one
// the begin is shown, or what stands around the mark. The bytes of a row and their
// characters are elements, so that both can be wrapped alike where there is no room.
func hexadecimal(data []byte, first, last int) template.HTML {
	lines := (len(data) + perLine - 1) / perLine
	from := 0
	if last > first {
		from = max(0, min(first/perLine-maxLines/4, lines-maxLines))
	}
	to := min(lines, from+maxLines)
	var b strings.Builder
	if from > 0 {
		fmt.Fprintf(&b, "… %d bytes before\n", from*perLine)
	}
	for at := from * perLine; at < min(len(data), to*perLine); at += perLine {
		row := data[at:min(len(data), at+perLine)]
		begin, end := min(max(first-at, 0), len(row)), min(max(last-at, 0), len(row))
		fmt.Fprintf(&b, "<span>%06x  <span>%s%s%s%s</span> <span>%s</span>\n</span>",
			at, hexOf(row[:begin]), markedHex(row[begin:max(begin, end)]), hexOf(row[max(begin, end):]),
			strings.Repeat("   ", perLine-len(row)), printable(row))
	}
	if left := len(data) - to*perLine; left > 0 {
		fmt.Fprintf(&b, "… %d bytes more\n", left)
	}
	return template.HTML(b.String()) //nolint:gosec // digits, and text that printable escapes
}

// hexOf is bytes, each with a blank behind it.
func hexOf(data []byte) string {
	var b strings.Builder
	for i := range data {
		b.WriteString(hex.EncodeToString(data[i:i+1]) + " ")
	}
	return b.String()
}

func markedHex(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	return "<mark>" + strings.TrimSuffix(hexOf(data), " ") + "</mark> "
}

// printable is bytes as ASCII, a dot for what has no character.
func printable(row []byte) string {
	text := []byte(strings.Clone(string(row)))
	for i, c := range text {
		if c < 0x20 || c > 0x7e {
			text[i] = '.'
		}
	}
	return html.EscapeString(string(text))
}

// ms is a time for people, in milliseconds or, if longer, in seconds.
func ms(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

// plural is "1 case" or "2 cases".
func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
