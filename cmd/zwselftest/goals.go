// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// goalsFile is where the figures stand; figures is where the make targets leave theirs.
const (
	goalsFile = "conformance/GOALS.md"
	figures   = "zaqarwire-report/goals"
)

// goal is one line of GOALS.md. A goal without a figure has the one that its make
// target left, or the one that was there before.
type goal struct{ number, goal, gate, figure, shown string }

// goals writes GOALS.md anew, measuring what takes seconds.
func (o options) goals(ctx context.Context, temp string) error {
	speed, err := o.measure(ctx, temp)
	if err != nil {
		return err
	}
	before := previous()
	var text strings.Builder
	text.WriteString(goalsHead)
	for _, g := range table(speed) {
		left, err := os.ReadFile(filepath.Join(figures, g.number+".txt"))
		switch {
		case g.figure != "":
		case err == nil:
			g.figure = strings.TrimSpace(string(left))
		case before[g.number] != "":
			g.figure = before[g.number]
		default:
			g.figure = "not measured yet"
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %s | %s |\n", g.number, g.goal, g.gate, g.figure, g.shown)
	}
	if err := os.WriteFile(goalsFile, []byte(text.String()), 0o644); err != nil {
		return fmt.Errorf("write the goals: %w", err)
	}
	return nil
}

const goalsHead = `# Goals

What this suite promises of itself, and the figure that shows it. Made by ` + "`make goals`" + ` from
what the named commands measured; do not edit.

| # | goal | gate | figure | shown by |
|---|---|---|---|---|
`

func table(s speed) []goal {
	return []goal{
		{"1", "every normative sentence is accounted for", "0 server MUSTs without a case", sentences(), "`zaqarwire list`"},
		{"2", "each MUST has a fault, caught by a case that cites it", "100 %", "", "`make selftest`"},
		{"3", "faults generated from the schema are caught", "≥ 300, ≥ 99 %", "", "`make selftest`"},
		{"4", "no false alarm", "0", "", "`make fair`"},
		{"5", "a run costs the longest wait, not the sum", "embedded ≤ 5 s, `--fast` ≤ 3 s", s.times, "`make goals`"},
		{"6", "the command in a failure repeats it", "100 %", "", "`make selftest`"},
		{"7", "encodings are equal", "each functional case in each format", s.formats, "`zaqarwire check`"},
		{"8", "leaves no trace", "leaked 0, also after kill -9 and `clean`", "", "`make trace`"},
		{"9", "skips never look green", "five verdicts, exit codes 0 to 4", "held by table tests", "`make test`"},
		{"10", "the baseline is exact", "no entry too many or too few", "", "`make peer`"},
		{"11", "concurrency is checked", "≥ 99 of 100 runs of ≤ 3 s find a race", "", "`make hunt`"},
		{"14", "the suite obeys its own spec", "its frames fit the schema", "held by a test", "`make test`"},
		{"15", "small and instant", "≤ 25 MB, first verdict < 100 ms", s.size, "`make goals`"},
		{"16", "honest about the real thing", "a real Zaqar is judged in CI", "", "`make peer`"},
	}
}

// sentences counts the requirements that bind a server, and those with cases.
func sentences() string {
	judged := map[spec.ID]bool{}
	for _, c := range conformance.Cases() {
		judged[c.Requirement.ID] = true
	}
	count := map[spec.Level]int{}
	with := map[spec.Level]int{}
	for _, r := range spec.All() {
		if r.Party != spec.Server {
			continue
		}
		count[r.Level]++
		if judged[r.ID] {
			with[r.Level]++
		}
	}
	return fmt.Sprintf("%d of %d MUSTs and %d of %d SHOULDs have a case; %d cases, %d seeded faults",
		with[spec.Must], count[spec.Must], with[spec.Should], count[spec.Should], len(conformance.Cases()), len(mutants.Seeded()))
}

// previous are the figures of the file as it is.
func previous() map[string]string {
	before := map[string]string{}
	text, _ := os.ReadFile(goalsFile) // without one there are none
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, " | "); len(cells) == 5 {
			before[strings.TrimPrefix(cells[0], "| ")] = cells[3]
		}
	}
	return before
}

// speed is what can be measured in seconds.
type speed struct{ times, formats, size string }

// measure runs the static command on the embedded server.
func (o options) measure(ctx context.Context, temp string) (speed, error) {
	binary := filepath.Join(temp, "static")
	//nolint:gosec // the only variable is a folder of ours
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary,
		"github.com/zaqarwire/zaqarwire/cmd/zaqarwire")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return speed{}, fmt.Errorf("build: %w: %s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		return speed{}, fmt.Errorf("look at the binary: %w", err)
	}
	full, err := timed(ctx, binary, temp)
	if err != nil {
		return speed{}, err
	}
	fast, err := timed(ctx, binary, temp, "--fast")
	if err != nil {
		return speed{}, err
	}
	began := time.Now()
	if _, err := timed(ctx, binary, temp, "--case", "FRM-1", "--format", "json"); err != nil {
		return speed{}, err
	}
	first := time.Since(began)
	formats := map[string]int{}
	var names []string
	for _, c := range full.Cases {
		if formats[c.Format]++; formats[c.Format] == 1 {
			names = append(names, c.Format)
		}
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %d", name, formats[name])
	}
	return speed{
		times:   fmt.Sprintf("embedded %.1f s, `--fast` %.1f s", full.Took.Seconds(), fast.Took.Seconds()),
		formats: "verdicts: " + strings.Join(names, ", "),
		size:    fmt.Sprintf("%.1f MB; a run of one case, start to end, %d ms", float64(info.Size())/1e6, first.Milliseconds()),
	}, nil
}

// timed judges the embedded server.
func timed(ctx context.Context, binary, temp string, args ...string) (r conformance.Result, err error) {
	args = append([]string{"check", "-o", temp}, args...)
	child := exec.CommandContext(ctx, binary, args...) //nolint:gosec // it was just built
	if out, err := child.CombinedOutput(); err != nil {
		return r, fmt.Errorf("check: %w: %s", err, lastLine(string(out)))
	}
	text, err := os.ReadFile(filepath.Join(temp, "result.json"))
	if err != nil {
		return r, fmt.Errorf("read the result: %w", err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("decode the result: %w", err)
	}
	if len(r.Cases) == 0 {
		return r, errors.New("the result holds no case")
	}
	return r, nil
}

// figure leaves a figure for GOALS.md.
func figure(number, text string) error {
	if err := os.MkdirAll(figures, 0o755); err != nil {
		return fmt.Errorf("make the folder for figures: %w", err)
	}
	if err := os.WriteFile(filepath.Join(figures, number+".txt"), []byte(text+"\n"), 0o644); err != nil {
		return fmt.Errorf("write a figure: %w", err)
	}
	return nil
}
