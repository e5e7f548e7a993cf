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

// The most that summary.md holds: kinds of failures, and characters of a text that
// a target sent. A step of GitHub's takes a MiB.
const (
	maxSummary = 40
	maxQuoted  = 400
)

// Markdown is the text of summary.md: the verdict, the counts of each chapter, and
// each kind of failure with the command that repeats it. What came from the target
// is code, and can neither end it nor be a link, an image or HTML.
func Markdown(r conformance.Result, version string) ([]byte, error) {
	var b strings.Builder
	outcome := string(r.Outcome())
	if r.Outcome() == conformance.NoFailure {
		outcome += " in " + plural(r.Judged(), "selected case")
	}
	judged, all := r.Covered()
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", outcome, dots(sums(r), fmt.Sprintf("covered %d/%d MUST", judged, all), seconds(r.Took)))
	fmt.Fprintf(&b, "%s judged by zaqarwire %s, seed %s\n\n", code(r.URL), version, code(r.Seed))
	if r.Stopped != "" {
		fmt.Fprintf(&b, "The run ended early: %s\n\n", code(r.Stopped))
	}
	if r.Leaks.Leaked > 0 {
		fmt.Fprintf(&b, "%s leaked.\n\n", plural(r.Leaks.Leaked, "queue"))
	}
	markdownChapters(&b, r)
	if r.Held != nil {
		fmt.Fprintf(&b, "%s\n\n", code(held(r)))
		for _, s := range r.Held.Surprises {
			fmt.Fprintf(&b, "- %s\n", code(surprise(r.Held.File, s)))
		}
		b.WriteString("\n")
	}
	markdownFailures(&b, r)
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// markdownChapters is a table of the verdicts.
func markdownChapters(b *strings.Builder, r conformance.Result) {
	verdicts := []conformance.Verdict{
		conformance.Pass, conformance.Fail, conformance.Warn, conformance.Untested, conformance.NA,
	}
	counts := map[string]map[conformance.Verdict]int{}
	for _, c := range r.Cases {
		if counts[c.Chapter] == nil {
			counts[c.Chapter] = map[conformance.Verdict]int{}
		}
		counts[c.Chapter][c.Verdict]++
	}
	b.WriteString("| chapter | passed | failed | warned | untested | n/a |\n|---|--:|--:|--:|--:|--:|\n")
	for _, chapter := range spec.Chapters() {
		if by := counts[chapter.Name]; by != nil {
			fmt.Fprintf(b, "| %s |", chapter.Title)
			for _, v := range verdicts {
				fmt.Fprintf(b, " %d |", by[v])
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("\n")
}

// markdownFailures are the kinds of failures, the broken MUSTs first, then what
// could not be tested.
func markdownFailures(b *strings.Builder, r conformance.Result) {
	kinds := slices.Concat(groups(r.Cases, conformance.Fail), groups(r.Cases, conformance.Warn), groups(r.Cases, conformance.Untested))
	for i, g := range kinds {
		if i == maxSummary {
			fmt.Fprintf(b, "… and %s more; result.json has them all.\n", plural(len(kinds)-i, "kind"))
			return
		}
		one := g.cases[0]
		if one.Failure == nil {
			fmt.Fprintf(b, "#### UNTESTED %s\n\n%s\n\n", markdownNames(g), code(one.Reason))
			continue
		}
		rule, _ := spec.Get(one.Failure.Requirement)
		fmt.Fprintf(b, "#### %s [%s](%s) %s\n\n> %s\n\n%s\n\n",
			strings.ToUpper(string(one.Verdict)), rule.ID, rule.URL(), rule.Level, rule.Text, markdownNames(g))
		fmt.Fprintf(b, "- expected %s\n- actual %s\n\n", code(one.Failure.Expected), code(one.Failure.Actual))
		fmt.Fprintf(b, "%s\n\n", fenced("sh", Again(r, one)))
	}
}

// markdownNames are the first cases of a group, each with the formats it shows in.
func markdownNames(g group) string {
	formats := map[string][]string{}
	for _, c := range g.cases {
		formats[c.Case] = append(formats[c.Case], c.Format)
	}
	names := ids(g.cases)
	var some []string
	for _, name := range names[:min(len(names), maxNames)] {
		some = append(some, code(name+" ["+strings.Join(formats[name], " ")+"]"))
	}
	if more := len(names) - len(some); more > 0 {
		some = append(some, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(some, " ")
}

var (
	backticks  = regexp.MustCompile("`+")
	whitespace = regexp.MustCompile(`[\p{Z}\p{C}]+`)
)

// code is a text as code within a line.
func code(text string) string {
	text = strings.TrimSpace(whitespace.ReplaceAllString(text, " "))
	if runes := []rune(text); len(runes) > maxQuoted {
		text = string(runes[:maxQuoted]) + "…"
	}
	if text == "" {
		return "(nothing)"
	}
	fence := fenceFor(text, 1)
	if len(fence) > 1 || strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// fenced is a block of code.
func fenced(language, text string) string {
	fence := fenceFor(text, 3)
	return fence + language + "\n" + text + "\n" + fence
}

// fenceFor is a run of at least so many backticks that ends nowhere in a text.
func fenceFor(text string, least int) string {
	for _, run := range backticks.FindAllString(text, -1) {
		least = max(least, len(run)+1)
	}
	return strings.Repeat("`", least)
}
