// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is that of the command and of its reports.
const version = "0.1.0"

// built is the version with the commit that the command was built from, such as
// 0.1.0+1dbd5ed71c20, so that one state of the specification can be told from another.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	return stamped(info.Settings)
}

// stamped is the version with the commit that settings name, if they name one: a build
// outside a repository and go run know none.
func stamped(settings []debug.BuildSetting) string {
	known := map[string]string{}
	for _, s := range settings {
		known[s.Key] = s.Value
	}
	text := version
	if commit := known["vcs.revision"]; commit != "" {
		text += "+" + commit[:min(12, len(commit))]
		if known["vcs.modified"] == "true" {
			text += ".modified"
		}
	}
	return text
}

// The exit codes, of every command.
const (
	exitOK          = 0 // conformant, or done
	exitFailed      = 1 // not conformant, or a reply with a status of 400 or more
	exitUsage       = 2 // a flag, a file or a URL is wrong; nothing was judged
	exitUnreachable = 3 // the target cannot be reached, or is no WebSocket
	exitIncomplete  = 4 // a case could not be exercised
)

// exit is an error that knows its exit code. One without a cause has been told
// to the user already.
type exit struct {
	code  int
	cause error
}

func (e *exit) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.cause.Error()
}

func (e *exit) Unwrap() error { return e.cause }

// usage is what the user got wrong.
func usage(format string, args ...any) error {
	return &exit{code: exitUsage, cause: fmt.Errorf(format, args...)}
}

// streams are what a command reads and writes: verdicts and results go to out,
// all else to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// output remembers that something could not be written, so that half an output
// does not end with exit code 0.
type output struct {
	io.Writer

	failed error // the first
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.failed == nil {
		o.failed = err
	}
	return n, err //nolint:wrapcheck // a writer's error is its own
}

// run is the command: it returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &output{Writer: stdout}
	root := newRoot(streams{in: stdin, out: out, err: stderr})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	e := &exit{}
	if err != nil && !errors.As(err, &e) {
		e = &exit{code: exitUsage, cause: err} // what cobra itself refuses
	}
	switch {
	case e.cause != nil:
	case out.failed == nil:
		return e.code
	default:
		e.code, err = cmp.Or(e.code, exitUsage), fmt.Errorf("cannot write the output: %w", plain(out.failed))
	}
	fmt.Fprintln(stderr, "zaqarwire:", err)
	return e.code
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:     "zaqarwire",
		Version: built(),
		Short:   "Judge an endpoint that speaks the WebSocket protocol of OpenStack Zaqar",
		Long: `zaqarwire judges endpoints that speak the WebSocket protocol of OpenStack Zaqar,
serves that protocol, speaks it, and prints its specification.

Exit codes: 0 conformant or done, 1 not conformant, 2 usage or configuration,
3 unreachable, 4 incomplete.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("there is no command %q; see zaqarwire --help", args[0])
			}
			return nil
		},
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return noEmptyFlag(cmd) },

		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w; see %s --help", err, cmd.CommandPath())
	})
	//nolint:contextcheck // cobra hands each command its context
	root.AddCommand(newCheck(s), newReplay(s), newDiff(s), newMatrix(s), newClean(s), newServe(s), newCall(s),
		newDocs(s), newList(s), newExplain(s), newMutants(s))
	return root
}

// noEmptyFlag refuses a flag that was given nothing, as by "$FILE" where FILE is not
// set: what the user wanted would silently not happen. A project may be empty.
func noEmptyFlag(cmd *cobra.Command) error {
	for _, name := range []string{
		"admin-token", "ca", "client-id", "example", "expiring-token", "journal", "keystone", "known-failing", "limits", "mutant",
		"other-project", "other-token", "output", "pool-uri", "profile", "seed", "signing-key", "tls-cert", "tls-key", "token", "tokens",
		"vectors", "webhook-listen", "webhook-trap",
	} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return usage("--%s is empty; see %s --help", name, cmd.CommandPath())
		}
	}
	return nil
}

// takes wraps a rule about arguments, so that breaking it says how the command is
// called.
func takes(rule cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := rule(cmd, args); err != nil {
			return usage("%s does not take %d arguments; usage: %s", cmd.CommandPath(), len(args), cmd.UseLine())
		}
		return nil
	}
}

// newLog logs to the user's terminal: what happens with verbose, and only what
// is wrong without.
func newLog(w io.Writer, verbose bool) *slog.Logger {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
