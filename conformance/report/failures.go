// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// The most that is printed without Verbose: blocks of failures, lines of a
// transcript, names in a list.
const (
	maxBlocks = 12
	maxLines  = 8
	maxNames  = 6
)

const indent = "      "

// group is the failures that say the same: one broken rule shows in each format,
// and often in many cases.
type group struct{ cases []conformance.CaseResult }

var invented = regexp.MustCompile(
	`zw-[0-9a-f]{1,16}(-[0-9a-z]+-[0-9]+)?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24,32}`)

// key is what two failures share that are folded into one.
func key(c conformance.CaseResult) string {
	if c.Failure == nil {
		return string(c.Verdict) + c.Reason
	}
	f := *c.Failure
	return invented.ReplaceAllString(strings.Join(
		[]string{string(c.Verdict), string(f.Requirement), f.Path, f.Expected, f.Actual}, "\n"), "*")
}

// groups folds equal failures, in the order in which they were first seen.
func groups(cases []conformance.CaseResult, v conformance.Verdict) []group {
	var out []group
	at := map[string]int{}
	for _, c := range cases {
		if c.Verdict != v || c.Known != nil {
			continue
		}
		k := key(c)
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, group{})
		}
		out[i].cases = append(out[i].cases, c)
	}
	return out
}

// failures prints all that did not pass: the broken MUSTs first.
func (c *Console) failures(r conformance.Result) {
	c.surprises(r)
	left := maxBlocks
	for _, v := range []conformance.Verdict{conformance.Fail, conformance.Warn, conformance.Untested} {
		all := groups(r.Cases, v)
		if v == conformance.Warn && r.Held != nil && !c.o.Verbose && len(all) > 0 {
			c.printf("%s  %s\n\n", c.paint(yellow, "WARN"), wrap(fmt.Sprintf("%s of SHOULDs that are not followed (-v shows all): %s",
				plural(len(all), "kind"), c.names(firsts(all))), indent, c.o.Width-len(indent)))
			continue
		}
		for i, g := range all {
			if left == 0 && !c.o.Verbose {
				c.printf("%s\n\n", wrap(fmt.Sprintf("… and %d more %s of %s: %s", len(all)-i, strings.ToUpper(string(v)),
					plural(len(all), "kind"), c.names(firsts(all[i:]))), "  ", c.o.Width-2))
				break
			}
			left--
			if v == conformance.Untested {
				c.untested(g)
			} else {
				c.block(g)
			}
		}
	}
	if c.o.Verbose {
		c.known(r)
		for _, g := range groups(r.Cases, conformance.NA) {
			c.printf("N/A   %s\n%s%s\n\n", c.names(ids(g.cases)), indent, g.cases[0].Reason)
		}
	}
}

// surprises prints where the target is not as its baseline says.
func (c *Console) surprises(r conformance.Result) {
	if r.Held == nil || len(r.Held.Surprises) == 0 {
		return
	}
	c.printf("%s\n", c.paint(red, "NOT AS KNOWN"))
	for i, s := range r.Held.Surprises {
		if i == maxBlocks && !c.o.Verbose {
			c.text("", fmt.Sprintf("… and %d more (-v shows all)", len(r.Held.Surprises)-i))
			break
		}
		place := fmt.Sprintf("%s:%d: %s [%s] is to fail with %s", r.Held.File, s.Line, s.Case, s.Format, s.Symptom)
		switch s.What {
		case conformance.SurprisePass:
			place += ", and passes " + s.Actual
		case conformance.SurpriseSymptom:
			place += ", and fails with " + s.Actual
		default:
			place += ": stale, " + s.Actual
		}
		c.text("", place)
	}
	c.printf("\n")
}

// known prints the failures that were expected, each with the reason.
func (c *Console) known(r conformance.Result) {
	for _, one := range r.Cases {
		if k := one.Known; k != nil {
			c.printf("%s  %s\n", c.paint(yellow, "KNOWN"), wrap(fmt.Sprintf("%s [%s]  %s  %s",
				one.Case, one.Format, k.Symptom, k.Reason), indent, c.o.Width-len(indent)))
		}
	}
}

// block prints one failure so that it is understood from itself alone.
func (c *Console) block(g group) {
	one := g.cases[0]
	f := one.Failure
	rule, _ := spec.Get(f.Requirement)
	color := red
	if one.Verdict == conformance.Warn {
		color = yellow
	}
	word := c.paint(color, strings.ToUpper(string(one.Verdict)))
	c.printf("%s\n", spread(fmt.Sprintf("%s  %s %s   %s [%s]", word, rule.ID, rule.Level, one.Case, one.Format),
		rule.File(), c.o.Width))
	c.text("", `"`+rule.Text+`"`)
	if f.Setup {
		c.text("", "(in setting up the case)")
	}
	c.text("expected  ", f.Expected)
	c.text("actual    ", f.Actual)
	c.transcript(one)
	c.also(g)
	again := fmt.Sprintf("%s --case %s --format %s --seed %s", c.o.Command, one.Case, one.Format, c.plan.Seed)
	c.text("again  ", strings.TrimSpace(again))
	c.printf("\n")
}

// text prints a labelled text, wrapped under itself.
func (c *Console) text(label, text string) {
	pad := indent + strings.Repeat(" ", len(label))
	c.printf("%s%s%s\n", indent, c.paint(faint, label), wrap(text, pad, c.o.Width-len(pad)))
}

// also names the other cases and formats that fail in the same way.
func (c *Console) also(g group) {
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
	if len(formats) > 0 {
		c.text("", "also fails as "+strings.Join(formats, " "))
	}
	if names := ids(others); len(names) > 0 {
		c.text("", fmt.Sprintf("also shows in %s: %s", plural(len(names), "other case"), c.names(names)))
	}
}

// untested prints a reason and the cases that it kept from being judged.
func (c *Console) untested(g group) {
	reason := g.cases[0].Reason
	if !c.o.Verbose {
		reason, _, _ = strings.Cut(reason, "\n")
	}
	c.printf("%s  %s\n", c.paint(yellow, "UNTESTED"), wrap(c.names(ids(g.cases)), indent+"    ", c.o.Width-10))
	c.text("", reason)
	c.printf("\n")
}

// transcript prints the frames of a case, the last ones unless Verbose.
func (c *Console) transcript(r conformance.CaseResult) {
	var lines []conformance.Line
	conns := 0
	for _, l := range r.Transcript {
		conns = max(conns, l.Conn)
		if l.Dir != conformance.Asked || c.o.Verbose {
			lines = append(lines, l)
		}
	}
	if hidden := len(lines) - maxLines; hidden > 0 && !c.o.Verbose {
		c.printf("%s  … %s before (-v shows all)\n", indent, plural(hidden, "line"))
		lines = lines[hidden:]
	}
	for _, l := range lines {
		head := fmt.Sprintf("%s%8s  %s ", indent, ms(l.At), l.Dir)
		if conns > 1 && l.Conn > 0 {
			head += fmt.Sprintf("#%d ", l.Conn)
		}
		if l.Kind != 0 {
			head += fmt.Sprintf("%-4s %s  ", l.Kind, size(l.Size))
		}
		pad := strings.Repeat(" ", 20)
		c.printf("%s%s\n", head, hang(l.Short, pad, c.o.Width-len(head), c.o.Width-len(pad)))
		if c.o.Verbose && l.Kind != 0 {
			c.printf("%s%s\n", pad, wrap(exact(l), pad, c.o.Width-len(pad)))
		}
	}
}

// hang wraps text whose first line begins elsewhere than the others.
func hang(text, pad string, first, rest int) string {
	lines := strings.SplitN(wrap(text, "", first), "\n", 2)
	if len(lines) == 1 {
		return text
	}
	tail := strings.TrimPrefix(text[len(lines[0]):], " ")
	return lines[0] + "\n" + pad + wrap(tail, pad, rest)
}

// exact is a message byte for byte: JSON as its text, MessagePack in hexadecimal.
func exact(l conformance.Line) string {
	switch {
	case l.Withheld != "":
		return "(bytes withheld: " + l.Withheld + ")"
	case l.Kind == conformance.Binary:
		return fmt.Sprintf("% x", l.Data)
	default:
		return strings.ToValidUTF8(string(l.Data), "\uFFFD")
	}
}

func size(n int) string {
	if n < 10_000 {
		return fmt.Sprintf("%3d B", n)
	}
	return fmt.Sprintf("%3d kB", n/1000)
}

// names prints some of a list.
func (c *Console) names(list []string) string {
	if len(list) > maxNames && !c.o.Verbose {
		return strings.Join(list[:maxNames], ", ") + fmt.Sprintf(" and %d more", len(list)-maxNames)
	}
	return strings.Join(list, ", ")
}

// ids are the ids of cases, each once.
func ids(cases []conformance.CaseResult) []string {
	var out []string
	for _, c := range cases {
		if !slices.Contains(out, c.Case) {
			out = append(out, c.Case)
		}
	}
	return out
}

// firsts are the ids of the first case of each group.
func firsts(all []group) []string {
	out := make([]string, len(all))
	for i, g := range all {
		out[i] = g.cases[0].Case
	}
	return out
}
