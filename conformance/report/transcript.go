// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// transcript is what went over the wire, a line each: the last lines that there is
// room for, and the one where the failure shows with what came before it. With
// Verbose it is all of it, and each message byte for byte.
func (c *Console) transcript(r conformance.CaseResult, room int) []string {
	shown := make([][]string, 0, len(r.Transcript))
	several := slices.ContainsFunc(r.Transcript, func(l conformance.Line) bool { return l.Conn > 1 })
	at := -1 // of the marked line, among those shown
	asked := request(r)
	for i, l := range r.Transcript {
		if l.Dir == conformance.Asked && !c.o.Verbose {
			continue
		}
		var mark *conformance.Mark
		if m := r.Failure.Mark; m != nil && m.Line == i {
			at, mark = len(shown), m
		}
		shown = append(shown, c.entry(l, mark, i == asked, several))
	}
	if c.o.Verbose {
		return slices.Concat(shown...)
	}
	first, last := window(shown, at, room-2)
	var lines []string
	if first > 0 {
		lines = append(lines, fmt.Sprintf("%s  … %s before (-v shows all)", indent, plural(first, "line")))
	}
	lines = append(lines, slices.Concat(shown[first:last]...)...)
	if rest := len(shown) - last; rest > 0 {
		lines = append(lines, fmt.Sprintf("%s  … %s after", indent, plural(rest, "line")))
	}
	return lines
}

// request is the line of what was sent last before the marked one: what is wrong
// can stand in either. It is -1 if there is none.
func request(r conformance.CaseResult) int {
	m := r.Failure.Mark
	if m == nil || m.Line >= len(r.Transcript) {
		return -1
	}
	for i, l := range slices.Backward(r.Transcript[:m.Line]) {
		if l.Dir == conformance.Outgoing && l.Conn == r.Transcript[m.Line].Conn {
			return i
		}
	}
	return -1
}

// window chooses the lines to show: up to the last, or to the marked one and that
// after it if there is not room for all, and those before as far as there is room.
// The marked one and the one before are always among them.
func window(shown [][]string, at, room int) (first, last int) {
	last = len(shown)
	height := func(first, last int) int { return len(slices.Concat(shown[first:last]...)) }
	if at >= 0 {
		for last > at+1 && height(max(0, at-1), last) > room {
			last--
		}
	}
	first = max(0, last-1)
	if at >= 0 {
		first = max(0, at-1)
	}
	for first > 0 && height(first-1, last) <= room {
		first--
	}
	return first, last
}

// entry is one line of a transcript, wrapped. A failure that shows in it is marked
// by > before it, by ^ under the place, and in the bytes of MessagePack.
func (c *Console) entry(l conformance.Line, mark *conformance.Mark, long, several bool) []string {
	head, pad := c.head(l, several)
	most := maxMessage
	from, to := -1, -1
	if mark != nil {
		head = head[:len(indent)-2] + "> " + head[len(indent):]
		most, from, to = maxMarked, mark.From, mark.To
	}
	if long {
		most = maxMarked
	}
	if c.o.Verbose || l.Dir == conformance.Asked {
		most = 0
	}
	lines := underlined(head, pad, []rune(printable(l.Short)), place{from, to}, c.o.Width, most)
	switch {
	case l.Kind == 0:
	case c.o.Verbose:
		lines = append(lines, pad+wrap(exact(l), pad, c.o.Width-len(pad)))
	case mark != nil && l.Kind == conformance.Binary && mark.Last > mark.First:
		lines = append(lines, pad+wrap(around(l.Message(), mark.First, mark.Last), pad, c.o.Width-len(pad)))
	}
	return lines
}

// head is what stands before a message, and the blanks that stand before what does
// not fit behind it.
func (c *Console) head(l conformance.Line, several bool) (head, pad string) {
	head = fmt.Sprintf("%s%8s  %s ", indent, ms(l.At), l.Dir)
	pad = strings.Repeat(" ", 20)
	if c.narrow() {
		head, pad = indent+string(l.Dir)+" ", indent+"   "
	}
	if several && l.Conn > 0 {
		head += fmt.Sprintf("#%d ", l.Conn)
	}
	if l.Kind != 0 && !c.narrow() {
		head += fmt.Sprintf("%-4s %s  ", l.Kind, size(l.Size))
	}
	return head, pad
}

// place is a part of a text: the characters from one up to and without another.
type place struct{ from, to int }

// in is the part of the place that lies in another.
func (p place) in(other place) (place, bool) {
	both := place{max(p.from, other.from), min(p.to, other.to)}
	return both, both.from < both.to
}

// underlined wraps a text to lines of width columns, behind a head and then behind
// blanks, and puts a line of ^ under what is marked. If most is not 0 and the text
// takes more lines, it is cut: the begin stays, and what is marked.
func underlined(head, pad string, text []rune, mark place, width, most int) []string {
	spans := breaks(text, width-length(head), width-length(pad))
	at := slices.IndexFunc(spans, func(s place) bool { _, ok := mark.in(s); return ok })
	keep := func(i int) bool {
		switch {
		case most == 0 || len(spans) <= most:
			return true
		case at < most-1:
			return i < most
		default:
			return i == 0 || at-1 <= i && i <= at+most-3
		}
	}
	var lines []string
	under := 2 // lines of marks to come
	if at >= 0 && mark.to > spans[min(at+1, len(spans)-1)].to {
		under = 1
	}
	for i, s := range spans {
		if !keep(i) {
			continue
		}
		line := string(text[s.from:s.to])
		if i < len(spans)-1 && !keep(i+1) {
			line = string(text[s.from:max(s.from, s.to-2)]) + " …"
		}
		before := pad
		if i == 0 {
			before = head
		}
		lines = append(lines, before+line)
		if m, ok := mark.in(s); ok && under > 0 {
			under--
			blanks := strings.Repeat(" ", length(before)+m.from-s.from)
			lines = append(lines, blanks+strings.Repeat("^", m.to-m.from))
		}
	}
	return lines
}

// breaks are the lines of a text, each from a character up to another, broken at
// spaces if there are any.
func breaks(text []rune, first, rest int) []place {
	var spans []place
	for begin, width := 0, max(1, first); ; width = max(1, rest) {
		if len(text)-begin <= width {
			return append(spans, place{begin, len(text)})
		}
		end, next := begin+width, begin+width
		for i := end; i > begin+width/3; i-- {
			if text[i] == ' ' {
				end, next = i, i+1
				break
			}
		}
		spans = append(spans, place{begin, end})
		begin = next
	}
}

// around is the bytes about a place, which stands between > and <.
func around(data []byte, first, last int) string {
	const beside, within = 8, 16
	first = min(max(0, first), len(data)) // a file can say anything
	last = min(max(first, last), len(data))
	from, to := max(0, first-beside), min(len(data), last+beside)
	text := fmt.Sprintf("bytes %d to %d:", first, last-1)
	if last == first+1 {
		text = fmt.Sprintf("byte %d:", first)
	}
	if from > 0 {
		text += " …"
	}
	text += bytesOf(data[from:first]) + " >"
	if last-first > within {
		text += strings.TrimPrefix(bytesOf(data[first:first+within]), " ") + " …<"
	} else {
		text += strings.TrimPrefix(bytesOf(data[first:last]), " ") + "<"
	}
	text += bytesOf(data[last:to])
	if to < len(data) {
		text += " …"
	}
	return text
}

func bytesOf(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	return fmt.Sprintf(" % x", data)
}

// exact is a message byte for byte: JSON as its text, MessagePack in hexadecimal.
func exact(l conformance.Line) string {
	data := l.Message()
	switch {
	case l.Withheld != "":
		return "(bytes withheld: " + l.Withheld + ")"
	case l.Kind == conformance.Binary:
		return fmt.Sprintf("% x", data)
	default:
		return printable(string(data))
	}
}

func size(n int) string {
	if n < 10_000 {
		return fmt.Sprintf("%3d B", n)
	}
	return fmt.Sprintf("%3d kB", n/1000)
}
