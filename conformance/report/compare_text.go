// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Named is a result and where it comes from.
type Named struct {
	Name   string
	Result conformance.Result
}

// WriteDifference compares two runs for people, and says whether anything is worse.
func WriteDifference(w io.Writer, then, now Named, o Options) (worse bool) {
	c, d := NewConsole(w, o), Compare(then.Result, now.Result)
	c.printf("%s%s\n", c.whatRan("then", then), c.whatRan("now", now))
	c.changes(red, "WORSE", d.WorseRules, d.Worse)
	c.changes(yellow, "CHANGED", nil, d.Changed)
	c.changes(yellow, "LOST, without a verdict now", nil, d.Lost)
	c.changes(plain, "GAINED, with a verdict now", nil, d.Gained)
	c.changes(green, "BETTER", d.BetterRules, d.Better)
	c.onlyIn("NEW", "only in "+now.Name, d.New)
	c.onlyIn("GONE", "only in "+then.Name, d.Gone)

	worse = len(d.Worse)+len(d.WorseRules) > 0
	color, outcome, exit := green, "NOTHING WORSE", conformance.ExitConformant
	if worse {
		color, outcome, exit = red, "WORSE", conformance.ExitNotConformant
	}
	c.printf("%s   %s can be compared\n", c.paint(color, c.paint(bold, outcome)), plural(d.Compared, "verdict"))
	sums := fmt.Sprintf("%d worse · %d better · %d changed · %d lost · %d gained · %d new · %d gone",
		len(d.Worse), len(d.Better), len(d.Changed), len(d.Lost), len(d.Gained), len(d.New), len(d.Gone))
	c.printf("%s\n", spread(wrap(sums, "", c.o.Width), fmt.Sprintf("exit %d", exit), c.o.Width))
	return worse
}

// whatRan is a run in a few lines.
func (c *Console) whatRan(label string, n Named) string {
	r := n.Result
	formats := map[string]bool{}
	for _, one := range r.Cases {
		formats[one.Format] = true
	}
	return fmt.Sprintf("%-4s  %s\n      %s\n", label, wrap(n.Name+"  "+string(r.Outcome()), "      ", c.o.Width-6),
		wrap(dots(r.URL, r.Began.UTC().Format("2006-01-02 15:04 UTC"), "seed "+r.Seed,
			plural(len(r.Cases), "verdict")+" in "+plural(len(formats), "format")), "      ", c.o.Width-6))
}

// changes lists requirements and cases whose verdict changed.
func (c *Console) changes(s style, title string, rules []Turn, cases []Change) {
	if len(rules)+len(cases) == 0 {
		return
	}
	lines := make([]string, 0, len(rules)+len(cases))
	for _, t := range rules {
		q, _ := spec.Get(t.ID)
		lines = append(lines, fmt.Sprintf("%s %s  %s -> %s", q.ID, q.Level, t.Then, t.Now))
	}
	lines = append(lines, folded(cases)...)
	c.printf("%s  %s\n", c.paint(s, title), commas(several(len(rules), "requirement"), several(len(cases), "verdict")))
	for i, line := range lines {
		if i == screen && !c.o.Verbose {
			c.printf("  … and %d more (-v shows all)\n", len(lines)-i)
			break
		}
		c.printf("  %s\n", wrap(line, "      ", c.o.Width-6))
	}
	c.printf("\n")
}

// folded are changes a line each, those of one case that are the same in one.
func folded(cases []Change) []string {
	type fold struct{ name, how string }
	var order []fold
	formats := map[fold][]string{}
	for _, one := range cases {
		f := fold{one.Now.Case, verdictOf(one.Then) + " -> " + verdictOf(one.Now)}
		if formats[f] == nil {
			order = append(order, f)
		}
		formats[f] = append(formats[f], one.Now.Format)
	}
	lines := make([]string, 0, len(order))
	for _, f := range order {
		lines = append(lines, fmt.Sprintf("%s [%s]  %s", f.name, strings.Join(formats[f], " "), f.how))
	}
	return lines
}

// verdictOf is a verdict with what there is to say of it.
func verdictOf(c conformance.CaseResult) string {
	why := firstLine(c.Reason)
	if c.Failure != nil {
		why = symptom(c)
	}
	if why == "" {
		return string(c.Verdict)
	}
	return fmt.Sprintf("%s (%s)", c.Verdict, why)
}

// onlyIn counts cases that one of the runs has, and names those that failed.
func (c *Console) onlyIn(title, where string, cases []conformance.CaseResult) {
	if len(cases) == 0 {
		return
	}
	text := fmt.Sprintf("%s %s: %s", plural(len(cases), "verdict"), where, c.names(ids(cases)))
	failed := slices.DeleteFunc(slices.Clone(cases), func(one conformance.CaseResult) bool { return one.Verdict != conformance.Fail })
	if len(failed) > 0 {
		text += fmt.Sprintf("; %d of them fail: %s", len(failed), c.names(ids(failed)))
	}
	c.printf("%s  %s\n\n", title, wrap(text, "      ", c.o.Width-6))
}

// several is plural, or nothing for none.
func several(n int, word string) string {
	if n == 0 {
		return ""
	}
	return plural(n, word)
}

func commas(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
