// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

// check is what a user wants to be judged, and how.
type check struct {
	o           conformance.Options
	formats     []string
	declared    declared
	known       string
	mutant      string
	saved       saving
	trust       trust
	as          identities
	verbose     bool
	github      bool
	allowRemote bool
}

func newCheck(s streams) *cobra.Command {
	var c check
	cmd := &cobra.Command{
		Use:   "check [URL]",
		Short: "Judge an endpoint; without a URL, a reference server of its own",
		Long:  longCheck(),
		Example: `  zaqarwire check
  zaqarwire check ws://127.0.0.1:9000 --fast
  zaqarwire check ws://127.0.0.1:9000 --case CLM-8 --format msgpack -v
  zaqarwire check wss://zaqar.example.org/v2 --ca lab.pem --allow-remote`,
		Args: takes(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if args[0] == "" { // an unset variable must not end in a verdict about another server
					return usage("the URL is empty; without that argument a reference server is judged")
				}
				c.o.Target.URL = args[0]
			}
			return c.run(cmd.Context(), s)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&c.o.Fast, "fast", false, "leave out the cases that have to wait")
	f.StringArrayVar(&c.o.Cases, "case", nil,
		`run only these: a case, the begin of one, a requirement ("CLM-8"), a chapter; may be repeated`)
	f.StringArrayVar(&c.formats, "format", nil, "run only in this format, json, msgpack or mixed; may be repeated")
	f.StringVar(&c.o.Seed, "seed", "", "repeat the run that had this seed: the same names in the same order")
	f.StringArrayVar(&c.o.Labels, "label", nil, "run only cases with this label, one of those that list shows; may be repeated")
	f.BoolVar(&c.o.Shuffle, "shuffle", false, "run the cases in an order that the seed decides")
	paceFlags(f, &c.o)
	f.StringVar(&c.known, "known-failing", "", "file of the failures that are expected; what is not exactly so is a failure")
	targetFlags(f, &c.declared, &c.o.Target)
	f.StringVar(&c.mutant, "mutant", "", "judge the reference server with a seeded fault; see zaqarwire mutants")
	c.saved.flags(f, "zaqarwire-report", "folder for the reports; it is made if need be")
	f.BoolVar(&c.github, "github", false,
		"for a step of a GitHub workflow: failures are annotations, too, and nothing else that is printed is a workflow command")
	f.BoolVar(&c.o.KeepTranscripts, "keep-transcripts", false,
		"keep the transcripts of what passed, too, in result.json: replay can judge them again")
	f.BoolVarP(&c.verbose, "verbose", "v", false, "print every failure, with its whole transcript")
	trustFlags(cmd, &c.trust)
	identityFlags(cmd, &c.as, true)
	receiverFlags(cmd, &c.o.Target)
	f.BoolVar(&c.allowRemote, "allow-remote", false, "judge a target that is not on this machine")
	return cmd
}

// longCheck is what check says of itself.
func longCheck() string {
	return `Judge an endpoint: run every case in every format, print the verdict, and write
the reports into the report folder, all or none: index.html for people, result.json
for programs, junit.xml for what shows tests, summary.md for a step of a GitHub
workflow. Without a URL the reference server is started and judged, on a clock that
is moved instead of waited for.

Everything the run makes is named after its seed and is deleted again, also when
the run is interrupted. Until then a journal in the report folder holds the names,
so that zaqarwire clean can remove what a killed run leaves. Runs with different
seeds do not disturb each other; two with one seed, at one target at once, do.

A target that asks who calls is given tokens, which no report, journal or printed
command ever shows. A flag is seen in the list of processes: @FILE and the environment
are not. What would need a token that is not given is not applicable.

What a target is without is not applicable either. A file for --profile is a map of
name, doc, without (a list of such names) and limits (from name to number), as YAML or
JSON. --without takes one name of
` + wrap(strings.Join(conformance.Features(), ", ")+".", "", "") + `
Exit codes: 0 conformant, or no failure in what was selected, or exactly those that
are known; 1 not conformant; 2 usage or configuration; 3 unreachable; 4 incomplete.`
}

// paceFlags say how long things may take, and when to stop.
func paceFlags(f *pflag.FlagSet, o *conformance.Options) {
	f.DurationVar(&o.Timeout, "timeout", 0, "how long a reply may take, and 1s more per MiB sent (default 2s and 50 round trips)")
	f.IntVar(&o.Jobs, "jobs", 0, "how many cases run at once (default 4; 16 without a URL)")
	f.IntVar(&o.FailFast, "fail-fast", 0, "stop after so many cases that failed")
	f.BoolVar(&o.Strict, "strict", false, "a SHOULD that is not followed counts as a broken MUST")
}

// run judges the target.
func (c *check) run(ctx context.Context, s streams) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	signal.Ignore(syscall.SIGPIPE) // who stops reading what is printed does not end the run
	if os.Getenv("GOGC") == "" {   // what a case needs is let go with it: collecting seldom saves a fifth of the time
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	if os.Getenv("GOMEMLIMIT") == "" { // and as often as it takes beyond: 2 GB are not needed
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(512 << 20))
	}
	c.o.Command = c.again()
	if c.o.Target.URL == "" {
		server, err := c.embed(ctx, s)
		if err != nil {
			return err
		}
		defer func() { _ = server.shutdown(context.WithoutCancel(ctx)) }() // the verdict is out; nothing depends on this
	}
	remedy := ""
	if c.o.Target.Advance == nil { // what is not ours outlives this process
		remedy = strings.Join(slices.Concat([]string{"zaqarwire clean -o", quoted(c.saved.dir)}, c.trust.words(), c.as.needed()), " ")
	}
	terminal := terminalOf(s.out)
	console := report.NewConsole(s.out, report.Options{
		Version: version, Terminal: terminal.bars, Color: terminal.color, Width: terminal.width,
		Verbose: c.verbose, Save: c.saved.save, Clean: remedy,
	})
	resume := c.guard(s)
	result, err := c.judge(ctx, s, console)
	resume(result)
	if err != nil {
		if e, ok := errors.AsType[*exit](err); ok {
			return e
		}
		return &exit{code: report.Trouble(s.err, err)}
	}
	if c.saved.failed != nil {
		return c.saved.failed
	}
	if code := result.ExitCode(); code != exitOK {
		return &exit{code: code}
	}
	return nil
}

// guard keeps GitHub from taking what a target says for a workflow command, and gives
// the annotations at the end.
func (c *check) guard(s streams) (resume func(conformance.Result)) {
	if !c.github {
		return func(conformance.Result) {}
	}
	token := rand.Text() // that no target can guess
	fmt.Fprintf(s.out, "::stop-commands::%s\n", token)
	return func(r conformance.Result) { fmt.Fprintf(s.out, "::%s::\n%s", token, report.Annotations(r)) }
}

// prepare refuses what cannot be done before anything is sent.
func (c *check) prepare(ctx context.Context) error {
	var err error
	if c.o.Formats, err = formatsNamed(c.formats); err != nil {
		return err
	}
	if c.o.Target.Profile, err = c.declared.read(); err != nil {
		return err
	}
	if c.o.Known, err = baseline(c.known); err != nil {
		return err
	}
	if url := c.o.Target.URL; url != "" {
		if c.mutant != "" {
			return usage("--mutant is for the reference server, which is judged without a URL")
		}
		if err := checkURL(url); err != nil {
			return err
		}
		if !isLocal(url) && !c.allowRemote {
			return usage("%s is not on this machine: judging it creates and deletes queues there; --allow-remote permits that", shown(url))
		}
	}
	if err := checkReceivers(ctx, c.o.Target); err != nil {
		return err
	}
	if c.o.Target.Transport, err = c.trust.transport(c.o.Target.URL); err != nil {
		return err
	}
	switch {
	case c.o.Target.URL != "":
		if err := c.as.into(&c.o.Target); err != nil {
			return err
		}
	case c.as.given():
		return usage("a token or a key is for a target that is named by its URL; the reference server makes its own")
	case c.o.Target.Webhook+c.o.Target.Trap != "":
		return usage("--webhook-listen and --webhook-trap are for a target that is named by its URL; the reference server has its own")
	}
	if err := c.saved.probe(); err != nil {
		return err
	}
	c.o.Remembered = remembered(c.saved.dir)
	return nil
}

// remembered are the histories that failed in the run before, whose result is
// still in the folder: they are played first.
func remembered(dir string) map[string]string {
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		return nil
	}
	last, err := report.ReadJSON(text)
	if err != nil {
		return nil // of another version: it does not remember
	}
	return last.Remembered()
}

// baseline reads the failures that are expected; nil without a file.
func baseline(file string) (*conformance.Baseline, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // no list is what Options take for none
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, usage("cannot read the known failures: %w", plain(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	b, err := conformance.ReadBaseline(file, f)
	if err != nil {
		return nil, usage("%w", plain(err))
	}
	return b, nil
}

// formatsNamed are the formats that a user named, nil for none.
func formatsNamed(names []string) ([]conformance.Format, error) {
	var some []conformance.Format
	all := conformance.RunFormats()
	for _, name := range names {
		i := slices.IndexFunc(all, func(f conformance.Format) bool { return f.String() == name })
		if i < 0 {
			return nil, usage("there is no format %q; there are json, msgpack and mixed", name)
		}
		some = append(some, all[i])
	}
	return some, nil
}

// again is the command that repeats this run, less the flags that select cases,
// and without passwords: it stands in reports.
func (c *check) again() string {
	words := []string{"zaqarwire", "check"}
	if c.o.Target.URL != "" {
		words = append(words, quoted(shown(c.o.Target.URL)))
	}
	for _, f := range []struct{ name, value string }{
		{"--mutant", c.mutant},
		{"--pool-uri", c.o.Target.ShownPoolURI()},
		{"--project", c.o.Target.Project},
		{"--client-id", c.o.Target.Client},
	} {
		if f.value != "" {
			words = append(words, f.name, quoted(f.value))
		}
	}
	words = append(words, c.declared.words()...)
	words = append(words, c.trust.words()...)
	if c.o.Target.URL != "" {
		words = append(words, c.as.words()...)
		words = append(words, receiverWords(c.o.Target)...)
	}
	if c.o.Timeout > 0 {
		words = append(words, "--timeout", c.o.Timeout.String())
	}
	if c.o.Strict {
		words = append(words, "--strict")
	}
	if c.allowRemote {
		words = append(words, "--allow-remote")
	}
	return strings.Join(words, " ")
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if !strings.ContainsAny(word, " \t\n\"'`$&|;<>()*?[]#~=%!{}\\") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// embeddedJobs is how many cases run at once against a server that replies at once:
// most of them wait for what must not come.
const embeddedJobs = 16

// embed starts a reference server, with the limits that are declared, and makes it
// the target.
func (c *check) embed(ctx context.Context, s streams) (*running, error) {
	m, err := mutantNamed(c.mutant)
	if err != nil {
		return nil, err
	}
	limits, err := limitsOf(c.o.Target.Profile.Limits)
	if err != nil {
		return nil, err
	}
	moved := new(clock)
	log := newLog(s.err, false)
	o := refserver.Options{Now: moved.now, Limits: limits, Log: log}
	receive(ctx, &o, &c.o.Target)
	if !m.Open {
		o.SigningKey = []byte(rand.Text())
		c.o.Target.SigningKey = o.SigningKey
		tokens := new(auth.Tokens)
		o.Auth, c.o.Target.Tokens = tokens, func(project string, life time.Duration, admin bool) string {
			id := api.Identity{Project: project, Admin: admin}
			if life > 0 {
				id.Expires = moved.now().Add(life)
			}
			return tokens.Mint(id)
		}
	}
	server, err := listenAndServe(ctx, endpoint{address: "127.0.0.1:0"}, m, o, log)
	if err != nil {
		return nil, fmt.Errorf("start the reference server: %w", err)
	}
	c.o.Target.URL, c.o.Target.Advance = server.url, moved.advance
	c.o.Jobs = cmp.Or(c.o.Jobs, embeddedJobs)
	return server, nil
}

// clock is the time, ahead by what advance has added.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }
