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
	// Verdict is right, other or survived; of a lawful server passed or accused.
	Verdict string `json:"verdict"`
	// Cites are the cases that failed and cited the requirement.
	Cites []string `json:"cites,omitempty"`
	// Others are requirements that other failures cited.
	Others []spec.ID `json:"others,omitempty"`
	// Trouble is why there is no verdict, or the first false alarm.
	Trouble string `json:"trouble,omitempty"`

	own   []string // cases that failed for their own rule
	again *conformance.CaseResult
}

// check has a mutant judged by a child process and returns the verdicts.
func (t *trial) check(ctx context.Context, m mutants.Mutant, args ...string) ([]conformance.CaseResult, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	dir, err := os.MkdirTemp(t.temp, "run")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	args = append([]string{"check", "--mutant", m.Name, "--seed", seed, "-o", dir}, args...)
	child := exec.CommandContext(ctx, t.o.binary, args...)
	var out bytes.Buffer
	child.Stdout, child.Stderr = &out, &out
	child.WaitDelay = time.Second
	err = child.Run()
	var code *exec.ExitError
	if err != nil && (!errors.As(err, &code) || code.ExitCode() != conformance.ExitNotConformant && code.ExitCode() != conformance.ExitIncomplete) {
		return nil, fmt.Errorf("%w: %s", err, lastLine(out.String()))
	}
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		return nil, fmt.Errorf("read the result: %w", err)
	}
	var result struct {
		Cases []conformance.CaseResult `json:"cases"`
	}
	if err := json.Unmarshal(text, &result); err != nil {
		return nil, fmt.Errorf("decode the result: %w", err)
	}
	return result.Cases, nil
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// read is the verdict on a mutant from those of its cases. A warning is as good as a
// failure where the fault breaks no more than a SHOULD.
func read(m mutants.Mutant, cases []conformance.CaseResult) judged {
	j := judged{Name: m.Name, Breaks: m.Breaks, Verdict: "survived"}
	for i, c := range cases {
		if c.Failure == nil || c.Verdict != conformance.Fail && c.Verdict != conformance.Warn {
			continue
		}
		if !c.Failure.Setup && c.Failure.Requirement == c.Requirement {
			j.own = append(j.own, c.Case)
		}
		if r, _ := spec.Get(m.Breaks); c.Verdict == conformance.Warn && r.Level == spec.Must {
			continue
		}
		if j.Verdict == "survived" {
			j.Verdict = "other"
		}
		switch {
		case c.Failure.Requirement == m.Breaks:
			j.Verdict = "right"
			if !slices.Contains(j.Cites, c.Case) {
				j.Cites = append(j.Cites, c.Case)
			}
			if j.again == nil {
				j.again = &cases[i]
			}
		case !slices.Contains(j.Others, c.Failure.Requirement):
			j.Others = append(j.Others, c.Failure.Requirement)
		}
	}
	return j
}

// acquit is the verdict on a lawful server: no MUST is broken, nothing untested.
func acquit(m mutants.Mutant, cases []conformance.CaseResult) judged {
	j := judged{Name: m.Name, Verdict: "passed"}
	for _, c := range cases {
		if c.Verdict == conformance.Fail || c.Verdict == conformance.Untested {
			return judged{Name: m.Name, Verdict: "accused", Trouble: c.String()}
		}
	}
	return j
}
