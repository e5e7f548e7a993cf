// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// trial is the whole of it.
type trial struct {
	o    options
	temp string

	Lawful    []judged `json:"lawful"`
	Seeded    []judged `json:"seeded"`
	Generated []judged `json:"generated"`

	mu     sync.Mutex
	proofs map[string]string // the mutant on which each case failed for its own rule
}

// all tries every server: the lawful ones first, since what a suite says that
// accuses those is worth nothing.
func (t *trial) all(ctx context.Context) {
	t.Lawful = t.each(ctx, mutants.Lawful(), t.lawful)
	t.Seeded = t.each(ctx, mutants.Seeded(), t.seeded)
	t.Generated = t.each(ctx, t.o.sample(mutants.Generated()), t.generated)
	if t.o.whole() {
		t.prove(ctx)
	}
}

// whole says that nothing is left out, so that something can be said about the cases.
func (o options) whole() bool { return o.only == nil && o.every == 1 }

// sample is one of each o.every mutants, which chance begins.
func (o options) sample(all []mutants.Mutant) (some []mutants.Mutant) {
	if o.every == 0 {
		return nil
	}
	for i := rand.N(o.every); i < len(all); i += o.every { //nolint:gosec // any will do
		some = append(some, all[i])
	}
	return some
}

// each tries mutants side by side, and returns the verdicts in their order.
func (t *trial) each(ctx context.Context, all []mutants.Mutant, try func(context.Context, mutants.Mutant) judged) []judged {
	all = slices.DeleteFunc(all, func(m mutants.Mutant) bool { return t.o.only != nil && !t.o.only.MatchString(m.Name) })
	verdicts := make([]judged, len(all))
	next := make(chan int)
	var side sync.WaitGroup
	for range t.o.side {
		side.Go(func() {
			for i := range next {
				verdicts[i] = try(ctx, all[i])
				t.learn(verdicts[i])
			}
		})
	}
	for i := range all {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	side.Wait()
	return verdicts
}

// learn keeps which cases have failed for their own rule, and tells of a verdict.
func (t *trial) learn(j judged) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range j.own {
		if t.proofs[c] == "" {
			t.proofs[c] = j.Name
		}
	}
	if t.o.verbose && j.Verdict != "" {
		fmt.Fprintln(os.Stderr, strings.TrimSpace(fmt.Sprintf("%-9s %-7s %s %s", j.Verdict, j.Breaks, j.Name, j.Trouble)))
	}
}

func (t *trial) lawful(ctx context.Context, m mutants.Mutant) judged {
	cases, err := t.check(ctx, m)
	if err != nil {
		return judged{Name: m.Name, Verdict: "accused", Trouble: err.Error()}
	}
	return acquit(m, cases)
}

// hasty is for servers that do not answer: nothing is proved by waiting long. What
// both kinds of message in turn would show, one of them does.
var hasty = []string{"--timeout", "1s", "--format", "json", "--format", "msgpack"}

// seeded runs the cases of the requirement, and all of them only if those do not
// find the fault; and then the command that a failure prints.
func (t *trial) seeded(ctx context.Context, m mutants.Mutant) judged {
	var j judged
	for _, args := range [][]string{{"--case", string(m.Breaks), "--jobs", "1"}, nil} {
		cases, printed, err := t.run(ctx, m, slices.Concat(args, hasty)...)
		if err != nil {
			return judged{Name: m.Name, Breaks: m.Breaks, Verdict: "survived", Trouble: err.Error()}
		}
		if j = read(m, cases); j.Verdict == "right" {
			for range 3 { // a fault that is a race may need more than one try
				if j.Unrepeated = t.repeat(ctx, j.Cites, cases, printed); j.Unrepeated == "" {
					break
				}
			}
			break
		}
	}
	return j
}

// generated stops at the first failure, and looks first where it is to be expected: at
// the cases of the requirement, then at those of the chapter.
func (t *trial) generated(ctx context.Context, m mutants.Mutant) judged {
	quick := append([]string{"--fast", "--fail-fast", "1"}, hasty...)
	action, _, _ := strings.Cut(m.Name, "/")
	kind, _, _ := strings.Cut(action, "-")
	tries := [][]string{append([]string{"--case", chapterOf(kind)}, quick...), quick, hasty}
	if slices.ContainsFunc(conformance.Cases(), func(c conformance.Case) bool { return c.Requirement.ID == m.Breaks && !c.Waiting }) {
		tries = slices.Insert(tries, 0, append([]string{"--case", string(m.Breaks)}, quick...))
	}
	for _, args := range tries {
		cases, err := t.check(ctx, m, args...)
		if err != nil {
			return judged{Name: m.Name, Breaks: m.Breaks, Verdict: "survived", Trouble: err.Error()}
		}
		if j := read(m, cases); j.Verdict != "survived" {
			return j
		}
	}
	return judged{Name: m.Name, Breaks: m.Breaks, Verdict: "survived"}
}

// prove tries the cases that have not failed yet on all faults, beginning with those of
// their requirements: whatever stops at the first failure did not come to them.
func (t *trial) prove(ctx context.Context) {
	open := map[spec.ID]bool{}
	for _, c := range conformance.Cases() {
		if slices.Contains(t.unproven(), c.ID) {
			open[c.Requirement.ID] = true
		}
	}
	all := slices.Concat(mutants.Seeded(), mutants.Generated())
	likely := func(m mutants.Mutant) bool { return open[m.Breaks] }
	first := slices.DeleteFunc(slices.Clone(all), func(m mutants.Mutant) bool { return !likely(m) })
	t.each(ctx, slices.Concat(first, slices.DeleteFunc(all, likely)), func(ctx context.Context, m mutants.Mutant) judged {
		args := slices.Clone(hasty)
		for _, c := range t.unproven() {
			args = append(args, "--case", c)
		}
		if len(args) == len(hasty) {
			return judged{}
		}
		cases, err := t.check(ctx, m, args...)
		if err != nil {
			return judged{}
		}
		return judged{Name: m.Name, own: read(m, cases).own}
	})
}

// unproven are the cases that were not seen to fail for their own rule.
func (t *trial) unproven() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var some []string
	for _, c := range conformance.Cases() {
		if t.proofs[c.ID] == "" {
			some = append(some, c.ID)
		}
	}
	return some
}

// chapterOf is the chapter about the actions whose names begin so: queue-create/… is in
// queues.
func chapterOf(kind string) string {
	switch kind {
	case "flavor":
		return "pools"
	case "get", "ping", "check":
		return "health"
	case "authenticate":
		return "auth"
	}
	return kind + "s"
}
