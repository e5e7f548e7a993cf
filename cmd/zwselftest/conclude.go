// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
)

// conclude prints the verdict on the suite and writes it down; an error is what is
// not as it should be.
func (t *trial) conclude() error {
	survivors := mutants.Survivors()
	problems := t.problems(survivors)

	right, survived := count(t.Seeded, "right"), count(t.Generated, "survived")
	repeated := len(slices.DeleteFunc(slices.Clone(t.Seeded), func(j judged) bool { return j.Verdict != "right" || j.Unrepeated != "" }))
	lines := map[string]string{
		"6": fmt.Sprintf("%d of %d printed commands gave the same verdict", repeated, len(t.Seeded)),
		"2": fmt.Sprintf("%d of %d for the right reason", right, len(t.Seeded)),
		"3": fmt.Sprintf("%d of %d killed, %d argued", len(t.Generated)-survived, len(t.Generated), len(survivors)),
	}
	fmt.Fprintf(t.o.stdout, "lawful     %4d: %d passed\n", len(t.Lawful), count(t.Lawful, "passed"))
	fmt.Fprintf(t.o.stdout, "seeded     %4d: %d killed by a case that cites the id, %d by others only, %d survived\n",
		len(t.Seeded), right, count(t.Seeded, "other"), count(t.Seeded, "survived"))
	fmt.Fprintf(t.o.stdout, "commands   %4d: %d gave the same verdict again\n", len(t.Seeded), repeated)
	fmt.Fprintf(t.o.stdout, "generated  %4d: %d killed, %d survived (%d argued)\n",
		len(t.Generated), len(t.Generated)-survived, survived, len(survivors))
	if t.o.whole() {
		all := len(conformance.Cases())
		fmt.Fprintf(t.o.stdout, "cases      %4d: %d seen to fail for their own rule\n", all, all-len(t.unproven()))
		for number, text := range lines {
			if err := figure(number, text); err != nil {
				return err
			}
		}
	}
	if err := t.write(); err != nil {
		return err
	}
	if len(problems) > 0 {
		return errors.New("the suite cannot be trusted:\n  " + strings.Join(problems, "\n  "))
	}
	return nil
}

// problems are all that is not as it should be.
func (t *trial) problems(survivors map[string]string) []string {
	var all []string
	for _, j := range t.Lawful {
		if j.Verdict != "passed" {
			all = append(all, fmt.Sprintf("%s is lawful and was %s: %s", j.Name, j.Verdict, j.Trouble))
		}
	}
	for _, j := range t.Seeded {
		if j.Verdict != "right" {
			all = append(all, fmt.Sprintf("%s breaks %s: %s %v %s", j.Name, j.Breaks, j.Verdict, j.Others, j.Trouble))
		}
		if j.Unrepeated != "" {
			all = append(all, fmt.Sprintf("%s: the printed command did not repeat it: %s", j.Name, j.Unrepeated))
		}
	}
	all = append(all, surviving(t.Generated, survivors)...)
	if !t.o.whole() {
		return all
	}
	all = append(all, tooMany(t.Generated)...)
	for _, c := range t.unproven() {
		all = append(all, "no fault made this case fail for its own rule: "+c)
	}
	return all
}

// surviving are the generated faults that survived without an argument, and those that
// are argued for and were killed.
func surviving(generated []judged, argued map[string]string) []string {
	var all []string
	for _, j := range generated {
		_, known := argued[j.Name]
		switch {
		case j.Verdict == "survived" && !known:
			all = append(all, fmt.Sprintf("%s survived, and survivors.txt does not say why. %s", j.Name, j.Trouble))
		case j.Verdict != "survived" && known:
			all = append(all, j.Name+" was killed; survivors.txt says that it survives")
		}
	}
	return all
}

// tooMany says so when more than one in a hundred of all generated faults survived.
func tooMany(generated []judged) []string {
	if lived := count(generated, "survived"); lived*100 > len(generated) {
		return []string{fmt.Sprintf("%d of %d generated faults survived: more than one in a hundred", lived, len(generated))}
	}
	return nil
}

func count(all []judged, verdict string) int {
	return len(slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return j.Verdict != verdict }))
}

// write saves the results, with the mutant that proves each case.
func (t *trial) write() error {
	text, err := json.MarshalIndent(struct {
		*trial

		Proofs map[string]string `json:"proofs"`
	}{t, t.proofs}, "", " ")
	if err != nil {
		return fmt.Errorf("encode the results: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(t.o.out), 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	if err := os.WriteFile(t.o.out, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	return nil
}
