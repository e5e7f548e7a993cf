// SPDX-License-Identifier: Apache-2.0

// Command bench says how fast this project is, as ratios taken in one run: ours
// against what one would use otherwise. It asserts nothing; below a target, look
// at a profile of the row's benchmark:
//
//	go run . [-time 200ms] [-rounds 5] [-row REGEXP]
//	go test -run '^$' -bench '/post_of_20_binary' -cpuprofile cpu.prof && go tool pprof -top cpu.prof
//	go test -run '^$' -bench . -count 10 | tee new.txt && go tool -modfile=../../go.tool.mod benchstat old.txt new.txt
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
)

// options say how long to measure, and what.
type options struct {
	each   time.Duration // of one round of one side
	rounds int
	row    *regexp.Regexp
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	posts, err := postRows()
	if err != nil {
		return err
	}
	rates, done, err := rateRows()
	if err != nil {
		return err
	}
	defer done()
	crowd, leave, err := crowdRow()
	if err != nil {
		return err
	}
	defer leave()

	fmt.Fprintln(os.Stdout, timing.Machine())
	fmt.Fprintf(os.Stdout, "medians of %d rounds of %v, ours and theirs in turn\n\n", o.rounds, o.each)
	t := table{out: os.Stdout, only: o.row}
	t.head()
	for _, r := range slices.Concat(posts, rates, []row{crowd}) {
		if err := t.race(r, o); err != nil {
			return err
		}
	}
	for _, measure := range []func(*table) error{encodings, hostile, checks} {
		if err := measure(&t); err != nil {
			return err
		}
	}
	t.foot()
	return nil
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.DurationVar(&o.each, "time", 200*time.Millisecond, "how long one round of one side takes")
	flags.IntVar(&o.rounds, "rounds", 5, "how many rounds; the median counts")
	row := flags.String("row", "", "only the rows that match this regular expression")
	if err := flags.Parse(args); err != nil {
		return o, fmt.Errorf("read flags: %w", err)
	}
	var err error
	if o.row, err = regexp.Compile(*row); err != nil {
		return o, fmt.Errorf("read -row: %w", err)
	}
	return o, nil
}
