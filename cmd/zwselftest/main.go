// SPDX-License-Identifier: Apache-2.0

// Command zwselftest judges the suite: it runs the faulty servers of
// conformance/mutants, each in a process of its own, and says which of them the suite
// caught, and whether for the right reason. It ends with 0 only when every seeded
// fault was killed by a case that cites its requirement, at least 99 of 100 generated
// ones were killed and the survivors are argued in survivors.txt, every lawful server
// passed, and every case was seen to fail for its own rule.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "zwselftest:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	binary  string
	only    *regexp.Regexp
	side    int
	out     string
	stdout  io.Writer // for the verdict
	verbose bool
	race    bool
	fair    int
	every   int // try one of so many generated faults; none for 0
}

func run(ctx context.Context) error {
	o := options{stdout: os.Stdout}
	only := flag.String("run", "", "run only the mutants whose names match this; nothing is said about cases then")
	flag.StringVar(&o.binary, "binary", "", "the zaqarwire to try; default one that is built")
	flag.IntVar(&o.side, "j", 2*runtime.NumCPU(), "how many run side by side; most of them wait")
	flag.StringVar(&o.out, "o", "zaqarwire-report/selftest.json", "file for the results")
	flag.BoolVar(&o.verbose, "v", false, "print a line for each mutant")
	flag.IntVar(&o.every, "every", 1, "try one of so many generated faults, or none for 0; but for 1 nothing is said about cases")
	flag.BoolVar(&o.race, "race", false, "build zaqarwire with the race detector")
	flag.IntVar(&o.fair, "fair", 0, "only look for false alarms, in so many runs")
	goals := flag.Bool("goals", false, "only write conformance/GOALS.md")
	flag.Parse()
	if *only != "" {
		matcher, err := regexp.Compile(*only)
		if err != nil {
			return fmt.Errorf("-run: %w", err)
		}
		o.only = matcher
	}
	temp, err := os.MkdirTemp("", "zwselftest")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	if *goals {
		return o.goals(ctx, temp)
	}
	given := o.binary
	o.binary = filepath.Join(temp, "zaqarwire") // the name that the commands in failures have
	if err := o.bring(ctx, given); err != nil {
		return err
	}
	t := &trial{o: o, temp: temp, proofs: map[string]string{}}
	if o.fair > 0 {
		return t.fair(ctx, o.fair)
	}
	t.all(ctx)
	if err := ctx.Err(); err != nil {
		return errors.New("interrupted")
	}
	return t.conclude()
}

// bring puts the given command in its place, or the one that is built.
func (o options) bring(ctx context.Context, given string) error {
	if given == "" {
		return o.build(ctx)
	}
	given, err := filepath.Abs(given)
	if err == nil {
		err = os.Symlink(given, o.binary)
	}
	if err != nil {
		return fmt.Errorf("bring zaqarwire: %w", err)
	}
	return nil
}

// build compiles the command.
func (o options) build(ctx context.Context) error {
	args := []string{"build", "-o", o.binary}
	if o.race {
		args = append(args, "-race")
	}
	args = append(args, "github.com/zaqarwire/zaqarwire/cmd/zaqarwire")
	build := exec.CommandContext(ctx, "go", args...) //nolint:gosec // go build of our own command
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build zaqarwire: %w", err)
	}
	return nil
}
