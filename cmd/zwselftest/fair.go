// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// outing is one run against a lawful server that must not be accused.
type outing struct {
	mutant string
	args   []string
}

// outings are n runs of one chapter each, in random order, over TCP segments of one
// byte and coalesced ones; for each 50 of them a fast run with up to 20 ms of jitter,
// for each 1000 one with up to 200 ms.
func outings(n int) []outing {
	var all []outing
	chapters := spec.Chapters()
	servers := []string{"one-byte-segments", "coalesced-segments", "sound"}
	for i := range n {
		all = append(all, outing{servers[i%len(servers)], random("--case", chapters[i/len(servers)%len(chapters)].Name)})
	}
	for range (n + 49) / 50 {
		all = append(all, outing{"jitter-20ms", random("--fast", "--jobs", "32")}) // which do little but wait
	}
	for range n / 1000 {
		all = append(all, outing{"jitter-200ms", random("--fast", "--jobs", "64", "--timeout", "10s")})
	}
	return all
}

func random(args ...string) []string {
	return append(args, "--shuffle", "--seed", fmt.Sprintf("%04X", rand.N(1<<16))) //nolint:gosec // it names queues
}

// fair looks for false alarms: n runs and what belongs to them. A run in which a case
// could not be exercised, as when a machine is too slow for a token's life, accuses
// nobody; it is told and counted apart.
func (t *trial) fair(ctx context.Context, n int) error {
	all := outings(n)
	stages := make([]mutants.Mutant, 0, len(all))
	byName := map[string]outing{}
	for i, o := range all {
		m := mutants.Mutant{Name: strconv.Itoa(i), Does: o.mutant}
		byName[m.Name] = o
		stages = append(stages, m)
	}
	verdicts := t.each(ctx, stages, func(ctx context.Context, m mutants.Mutant) judged {
		o := byName[m.Name]
		command := strings.Join(append([]string{"--mutant", o.mutant}, o.args...), " ")
		cases, err := t.check(ctx, mutants.Mutant{Name: o.mutant}, o.args...)
		if err != nil {
			return judged{Name: command, Verdict: "accused", Trouble: err.Error()}
		}
		return acquit(mutants.Mutant{Name: command}, cases)
	})
	if err := ctx.Err(); err != nil {
		return errors.New("interrupted")
	}
	alarms, open := count(verdicts, "accused"), count(verdicts, "untested")
	for _, j := range verdicts {
		if j.Verdict != "passed" {
			fmt.Fprintf(os.Stderr, "%s: zaqarwire check %s\n%s\n", j.Verdict, j.Name, j.Trouble)
		}
	}
	figures := fmt.Sprintf("%d false alarms in %d runs, %d of them in part", alarms, len(verdicts), open)
	fmt.Fprintf(t.o.stdout, "fair       %4d: runs against lawful servers, %d false alarms, %d in part\n", len(verdicts), alarms, open)
	if err := figure("4", figures); err != nil {
		return err
	}
	if alarms > 0 {
		return fmt.Errorf("%d false alarms in %d runs", alarms, len(verdicts))
	}
	return nil
}
