// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// maxAnnotations is how many of a level GitHub shows of a step.
const maxAnnotations = 10

// Annotations are the kinds of failures of a run as commands of a GitHub workflow,
// each a line that nothing a target sent can end: errors, and warnings for a SHOULD.
// The last that GitHub would show says how many there are more.
func Annotations(r conformance.Result) string {
	var b strings.Builder
	for _, one := range []struct {
		verdict conformance.Verdict
		level   string
	}{
		{conformance.Fail, "error"},
		{conformance.Untested, "error"},
		{conformance.Warn, map[bool]string{false: "warning", true: "error"}[r.Strict]},
	} {
		kinds := groups(r.Cases, one.verdict)
		for i, g := range kinds {
			if i == maxAnnotations-1 && len(kinds) > maxAnnotations {
				fmt.Fprintf(&b, "::%s title=%d more::result.json has them all\n", one.level, len(kinds)-i)
				break
			}
			title, text := annotation(r, g)
			fmt.Fprintf(&b, "::%s title=%s::%s\n", one.level, workflowProperty(title), workflowText(text))
		}
	}
	return b.String()
}

// annotation is a kind of failures as GitHub shows it.
func annotation(r conformance.Result, g group) (title, text string) {
	c := g.cases[0]
	if c.Failure == nil {
		return "UNTESTED " + c.Case, c.Reason
	}
	rule, _ := spec.Get(c.Failure.Requirement)
	return fmt.Sprintf("%s %s %s, %s [%s]", strings.ToUpper(string(c.Verdict)), rule.ID, rule.Level, c.Case, c.Format),
		fmt.Sprintf("%s\nexpected %s\nactual %s\n%s", rule.Text, c.Failure.Expected, c.Failure.Actual, Again(r, c))
}

// workflowText is a text as a workflow command holds it.
func workflowText(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func workflowProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(workflowText(text))
}
