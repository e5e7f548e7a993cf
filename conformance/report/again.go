// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// Again is the command that repeats one case of a run.
func Again(r conformance.Result, c conformance.CaseResult) string {
	command, seed := r.Command, r.Seed
	if command == "" {
		command = "zaqarwire check '" + r.URL + "'"
	}
	if c.Failure != nil && c.Failure.Seed != "" {
		seed = c.Failure.Seed
	}
	return fmt.Sprintf("%s --case %s --format %s --seed %s", command, c.Case, c.Format, seed)
}

// Repetition is a failure that a console printed, and the command that repeats it.
type Repetition struct {
	Case, Format string
	// Command is for a shell; it can have several lines.
	Command string
}

var (
	blockHead  = regexp.MustCompile(`^(FAIL|WARN)  .* (\S+/\S+) \[(\w+)\]$`)
	againBegin = regexp.MustCompile(`^ +again  (.*)$`)
)

// Repetitions reads the commands out of what a console printed, as a user would
// copy them: with the lines that a backslash continues.
func Repetitions(printed string) []Repetition {
	var all []Repetition
	var now *Repetition
	open := false
	for line := range strings.Lines(printed) {
		line = strings.TrimSuffix(line, "\n")
		if m := blockHead.FindStringSubmatch(line); m != nil {
			now = &Repetition{Case: m[2], Format: m[3]}
		}
		if m := againBegin.FindStringSubmatch(line); m != nil && now != nil {
			now.Command, open = m[1], true
		} else if open {
			now.Command += "\n" + line
		}
		if open && !strings.HasSuffix(line, `\`) {
			all = append(all, *now)
			now, open = nil, false
		}
	}
	return all
}

// SameVerdict says where a repetition found something else than the run that it
// repeats; nil if nowhere.
func SameVerdict(then, now conformance.CaseResult) error {
	tell := func(c conformance.CaseResult) string {
		text := fmt.Sprintf("%s [%s]: %s %s", c.Case, c.Format, c.Verdict, c.Reason)
		if c.Failure != nil {
			text += fmt.Sprintf("%s %s", c.Failure.Requirement, c.Failure.Symptom)
		}
		return text
	}
	if a, b := tell(then), tell(now); a != b {
		return fmt.Errorf("then %s\nnow  %s", a, b)
	}
	return nil
}
