// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// The most that is printed without Verbose: blocks of failures, names in a list.
const (
	maxBlocks = 12
	maxNames  = 3
)

// group is the failures that say the same: one broken rule shows in each format,
// and often in many cases.
type group struct{ cases []conformance.CaseResult }

var invented = regexp.MustCompile(
	`zw-[0-9a-f]{1,16}(-[0-9a-z]+-[0-9]+)?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24,32}`)

// counted are the numbers in a failure that say how large or long something was,
// and the text of an error: two failures that differ in these are equal.
var counted = regexp.MustCompile(`byte [0-9]+|within [0-9.ms]+|after [0-9.ms]+|  \(".*"…?.*\)$`)

// key is what two failures share that are folded into one. A rule that every reply
// is held to, whatever the case is about, is broken in many places for one reason.
func key(c conformance.CaseResult) string {
	if c.Failure == nil {
		return string(c.Verdict) + c.Reason
	}
	f := *c.Failure
	if f.Requirement != c.Requirement {
		return strings.Join([]string{string(c.Verdict), string(f.Requirement), string(f.Symptom)}, "\n")
	}
	return counted.ReplaceAllString(invented.ReplaceAllString(strings.Join(
		[]string{string(c.Verdict), string(f.Requirement), f.Path, f.Expected, f.Actual}, "\n"), "*"), "*")
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

// Alike folds the cases with a verdict that fail in the same way, in the order in
// which they were first seen; failures that were expected are left out.
func Alike(cases []conformance.CaseResult, v conformance.Verdict) [][]conformance.CaseResult {
	all := groups(cases, v)
	out := make([][]conformance.CaseResult, len(all))
	for i, g := range all {
		out[i] = g.cases
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
				c.printf("%s\n\n", strings.Join(c.block(g), "\n"))
			}
		}
	}
	if c.o.Verbose {
		c.known(r)
		for _, g := range groups(r.Cases, conformance.NA) {
			c.printf("N/A   %s\n%s%s\n\n", c.names(ids(g.cases)), indent, printable(g.cases[0].Reason))
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
			c.print(c.text("", fmt.Sprintf("… and %d more (-v shows all)", len(r.Held.Surprises)-i), 0))
			break
		}
		c.print(c.text("", surprise(r.Held.File, s), 0))
	}
	c.printf("\n")
}

// surprise is where a baseline says what, and what is so instead.
func surprise(file string, s conformance.Surprise) string {
	place := fmt.Sprintf("%s:%d: %s [%s] is to fail with %s", file, s.Line, s.Case, s.Format, s.Symptom)
	switch s.What {
	case conformance.SurprisePass:
		return place + ", and passes " + s.Actual
	case conformance.SurpriseSymptom:
		return place + ", and fails with " + s.Actual
	default:
		return place + ": stale, " + s.Actual
	}
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

// print prints lines.
func (c *Console) print(lines []string) { c.printf("%s\n", strings.Join(lines, "\n")) }

// untested prints a reason and the cases that it kept from being judged.
func (c *Console) untested(g group) {
	reason := g.cases[0].Reason
	if !c.o.Verbose {
		reason, _, _ = strings.Cut(reason, "\n")
	}
	c.printf("%s  %s\n", c.paint(yellow, "UNTESTED"), wrap(c.names(ids(g.cases)), indent+"    ", c.o.Width-10))
	c.printf("%s\n\n", strings.Join(c.text("", reason, 0), "\n"))
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
