// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

const indent = "      "

// The most lines that a part of a block takes without Verbose, and the whole: a
// screen of 80 columns. One of 40 columns takes twice as many.
const (
	screen     = 24
	maxText    = 4
	maxValue   = 3
	maxMessage = 2
	maxMarked  = 4
)

// Block is a case that failed or warned as a console prints it in 80 columns.
func Block(r conformance.Result, c conformance.CaseResult) string {
	console := NewConsole(io.Discard, Options{
		Again: func(one conformance.CaseResult) string { return Again(r, one) },
	})
	return strings.Join(console.block(group{[]conformance.CaseResult{c}}), "\n")
}

// block is one failure, understood from itself alone: which rule, what was
// expected and what came, where, and how to see it again.
func (c *Console) block(g group) []string {
	one := g.cases[0]
	f := one.Failure
	rule, _ := spec.Get(f.Requirement)
	color := red
	if one.Verdict == conformance.Warn {
		color = yellow
	}
	word := c.paint(color, strings.ToUpper(string(one.Verdict)))
	title := fmt.Sprintf("%s  %s %s   %s [%s]", word, rule.ID, rule.Level, one.Case, one.Format)
	if length(title) > c.o.Width {
		title = fmt.Sprintf("%s  %s %s\n%s%s [%s]", word, rule.ID, rule.Level, indent, one.Case, one.Format)
	}
	head := strings.Split(title, "\n")
	head = append(head, c.text("", `"`+rule.Text+`"`, maxText)...)
	head = append(head, indent+c.paint(faint, rule.URL())) // one word: a terminal follows it across its edge
	if f.Requirement != one.Requirement {
		why := "(each reply is held to such rules; this case is about %s)"
		if f.Seed != "" {
			why = "(a history is held to all that it touches; this case is about %s)"
		}
		head = append(head, c.text("", fmt.Sprintf(why, one.Requirement), 0)...)
	}
	if f.Setup {
		head = append(head, c.text("", "(in setting up the case)", 0)...)
	}
	head = append(head, c.text("expected  ", f.Expected, maxValue)...)
	head = append(head, c.text("actual    ", f.Actual, maxValue)...)
	for _, line := range f.Drawing {
		head = append(head, indent+printable(line))
	}

	tail := c.also(g)
	tail = append(tail, c.command("again  ", c.o.Again(one))...)

	room := screen - len(head) - len(tail)
	if c.narrow() {
		room += screen
	}
	room = min(room, screen/2)
	return append(append(head, c.transcript(one, room)...), tail...)
}

// narrow says whether there is no room for what can be left out.
func (c *Console) narrow() bool { return c.o.Width < 60 }

// text is a labelled text, wrapped under itself; most is the most lines of it
// without Verbose, 0 for any.
func (c *Console) text(label, text string, most int) []string {
	pad := strings.Repeat(" ", len(indent)+len(label))
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, strings.Split(wrap(printable(line), "", c.o.Width-len(pad)), "\n")...)
	}
	if c.narrow() {
		most *= 2
	}
	if most > 0 && len(lines) > most && !c.o.Verbose {
		lines = append(lines[:most-1], "… (-v shows all)")
	}
	for i := range lines {
		if i == 0 {
			lines[i] = indent + c.paint(faint, label) + lines[i]
		} else {
			lines[i] = pad + lines[i]
		}
	}
	return lines
}

// command is a labelled command for a shell: where it is broken stands what makes
// a shell read on. A word is never broken.
func (c *Console) command(label, command string) []string {
	pad := strings.Repeat(" ", len(indent)+len(label))
	lines := []string{indent + c.paint(faint, label)}
	empty := true
	for word := range withValues(shellWords(command)) {
		last := len(lines) - 1
		switch {
		case empty:
			lines[last] += word
		case length(lines[last])+1+length(word)+2 <= c.o.Width:
			lines[last] += " " + word
		default:
			lines[last] += ` \`
			lines = append(lines, pad+word)
		}
		empty = false
	}
	return lines
}

// withValues keeps a flag and its value together.
func withValues(words iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		flag := ""
		for word := range words {
			isFlag := strings.HasPrefix(word, "--")
			switch {
			case flag != "" && isFlag:
				if !yield(flag) {
					return
				}
				flag = word
			case isFlag:
				flag = word
			default:
				if !yield(strings.TrimSpace(flag + " " + word)) {
					return
				}
				flag = ""
			}
		}
		if flag != "" {
			yield(flag)
		}
	}
}

// shellWords are the words of a command, a quoted one whole.
func shellWords(command string) iter.Seq[string] {
	return func(yield func(string) bool) {
		begin, quoted := 0, false
		for i, r := range command {
			switch {
			case r == '\'':
				quoted = !quoted
			case r == ' ' && !quoted:
				if !yield(command[begin:i]) {
					return
				}
				begin = i + 1
			}
		}
		yield(command[begin:])
	}
}

// also names the other cases and formats that fail in the same way.
func (c *Console) also(g group) []string {
	one := g.cases[0]
	var formats []string
	var others []conformance.CaseResult
	for _, o := range g.cases[1:] {
		if o.Case == one.Case {
			formats = append(formats, "["+o.Format+"]")
		} else {
			others = append(others, o)
		}
	}
	var lines []string
	if len(formats) > 0 {
		lines = c.text("", "also fails as "+strings.Join(formats, " "), 0)
	}
	if names := ids(others); len(names) > 0 {
		lines = append(lines, c.text("",
			fmt.Sprintf("also shows in %s: %s", plural(len(names), "other case"), c.names(names)), 0)...)
	}
	return lines
}
