// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// patience bounds one child: the slowest answers nothing, and each case waits for it.
const patience = 3 * time.Minute

// seed is that of every child, so that what failed once fails again.
const seed = "5EED"

// judged is what the suite said of one server.
type judged struct {
	Name   string  `json:"name"`
	Breaks spec.ID `json:"breaks,omitempty"`
	// Verdict is right, other or survived; of a lawful server passed, untested or accused.
	Verdict string `json:"verdict"`
	// Cites are the cases that failed and cited the requirement.
	Cites []string `json:"cites,omitempty"`
	// Others are requirements that other failures cited.
	Others []spec.ID `json:"others,omitempty"`
	// Trouble is why there is no verdict, or the first false alarm.
	Trouble string `json:"trouble,omitempty"`
	// Unrepeated is what the command of its first block found else than the run.
	Unrepeated string `json:"unrepeated,omitempty"`

	own []string // cases that failed for their own rule
}

// check has a mutant judged by a child process and returns the verdicts.
func (t *trial) check(ctx context.Context, m mutants.Mutant, args ...string) ([]conformance.CaseResult, error) {
	cases, _, err := t.run(ctx, m, args...)
	return cases, err
}

// run is check with all that the child printed.
func (t *trial) run(ctx context.Context, m mutants.Mutant, args ...string) (cases []conformance.CaseResult, printed string, err error) {
	dir, err := os.MkdirTemp(t.temp, "run")
	if err != nil {
		return nil, "", fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	args = append([]string{"check", "--mutant", m.Name, "--seed", seed, "-o", dir, "--report", "json"}, args...)
	return t.child(ctx, dir, t.o.binary, args...)
}

// child runs a command that leaves its result in a folder.
func (t *trial) child(
	ctx context.Context, dir, command string, args ...string,
) (cases []conformance.CaseResult, printed string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	child := exec.CommandContext(ctx, command, args...) //nolint:gosec // it is our own command
	child.Env = append(os.Environ(), "PATH="+filepath.Dir(t.o.binary)+string(os.PathListSeparator)+os.Getenv("PATH"))
	var out bytes.Buffer
	child.Stdout, child.Stderr = &out, &out
	child.WaitDelay = time.Second
	err = child.Run()
	var code *exec.ExitError
	judged := errors.As(err, &code) &&
		(code.ExitCode() == conformance.ExitNotConformant || code.ExitCode() == conformance.ExitIncomplete)
	if err != nil && !judged {
		return nil, "", fmt.Errorf("%w: %s", err, lastLine(out.String()))
	}
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		return nil, "", fmt.Errorf("read the result: %w", err)
	}
	var result struct {
		Cases []conformance.CaseResult `json:"cases"`
	}
	if err := json.Unmarshal(text, &result); err != nil {
		return nil, "", fmt.Errorf("decode the result: %w", err)
	}
	return result.Cases, out.String(), nil
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// read is the verdict on a mutant from those of its cases. A warning is as good as a
// failure but where a seeded fault breaks a MUST.
func read(m mutants.Mutant, cases []conformance.CaseResult) judged {
	j := judged{Name: m.Name, Breaks: m.Breaks, Verdict: "survived"}
	for _, c := range cases {
		if c.Failure == nil || c.Verdict != conformance.Fail && c.Verdict != conformance.Warn {
			continue
		}
		own := c.Failure.Requirement == c.Requirement
		prepared := own && c.Failure.Setup // the case did not come to its rule
		if own && !prepared {
			j.own = append(j.own, c.Case)
		}
		seeded := !strings.Contains(m.Name, "/") // a generated one is named by its path
		if r, _ := spec.Get(m.Breaks); c.Verdict == conformance.Warn && seeded && r.Level == spec.Must {
			continue
		}
		if j.Verdict == "survived" {
			j.Verdict = "other"
		}
		switch {
		case prepared:
		case c.Failure.Requirement == m.Breaks:
			j.Verdict = "right"
			if !slices.Contains(j.Cites, c.Case) {
				j.Cites = append(j.Cites, c.Case)
			}
		case !slices.Contains(j.Others, c.Failure.Requirement):
			j.Others = append(j.Others, c.Failure.Requirement)
		}
	}
	return j
}

// acquit is the verdict on a lawful server: no MUST is broken, nothing untested.
func acquit(m mutants.Mutant, cases []conformance.CaseResult) judged {
	j := judged{Name: m.Name, Verdict: "passed", own: read(m, cases).own}
	for _, c := range cases {
		switch {
		case c.Verdict == conformance.Fail:
			return judged{Name: m.Name, Verdict: "accused", Trouble: c.String()}
		case c.Verdict == conformance.Untested && j.Verdict == "passed":
			j.Verdict, j.Trouble = "untested", c.String()
		}
	}
	return j
}
