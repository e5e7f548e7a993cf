// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
)

// replay is what a user wants to be judged again.
type replay struct {
	o       conformance.Options
	formats []string
	path    string
	files   saving
	verbose bool
}

func newReplay(s streams) *cobra.Command {
	var r replay
	cmd := &cobra.Command{
		Use:   "replay FILE",
		Short: "Judge the transcripts of a result.json again, without their server",
		Long: `Judge the transcripts in a result.json again, without the server that gave them: a
verdict is made of a case and its transcript alone. It shows whether a failure was
the server's or the suite's after the suite has changed.

What was not applicable or untested stays so. What passed has no transcript, unless
the run was told to keep it by check --keep-transcripts, and is left out. A
transcript that the case does not fit any more is untested.

With -o the reports of check are written, of what was judged again.

Exit codes: those of check.`,
		Example: `  zaqarwire replay zaqarwire-report/result.json
  zaqarwire replay zaqarwire-report/result.json --case CLM-8 -v`,
		Args: takes(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.path = args[0]
			return r.run(cmd.Context(), s)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&r.o.Cases, "case", nil,
		`judge only these: a case, the begin of one, a requirement ("CLM-8"), a chapter; may be repeated`)
	f.StringArrayVar(&r.formats, "format", nil, "judge only this format, json, msgpack or mixed; may be repeated")
	r.files.flags(f, "", "folder for the reports, made if need be; without it none are written")
	f.BoolVarP(&r.verbose, "verbose", "v", false, "print every failure, with its whole transcript")
	return cmd
}

func (r *replay) run(ctx context.Context, s streams) error {
	var err error
	if r.o.Formats, err = formatsNamed(r.formats); err != nil {
		return err
	}
	saved, err := savedResult(r.path)
	if err != nil {
		return err
	}
	terminal := terminalOf(s.out)
	o := report.Options{
		Version: version, Terminal: terminal.bars, Color: terminal.color, Width: terminal.width,
		Verbose: r.verbose, Again: r.again,
	}
	if r.files.dir != "" {
		if err := r.spares(); err != nil {
			return err
		}
		o.Save = r.files.save
	}
	console := report.NewConsole(s.out, o)
	result, err := conformance.Replay(ctx, saved, r.o, console)
	if err != nil {
		return &exit{code: report.Trouble(s.err, err)}
	}
	if r.files.failed != nil {
		return r.files.failed
	}
	if code := result.ExitCode(); code != exitOK {
		return &exit{code: code}
	}
	return nil
}

// savedResult reads a result.json.
func savedResult(path string) (conformance.Result, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return conformance.Result{}, usage("cannot read the result: %w", plain(err))
	}
	r, err := report.ReadJSON(text)
	if err != nil {
		return conformance.Result{}, usage("%s: %w", path, err)
	}
	return r, nil
}

// spares refuses a folder that cannot be written to, or whose result is the one that
// is read: a replay knows less than the run did.
func (r *replay) spares() error {
	read, err := os.Stat(r.path)
	if err != nil {
		return usage("cannot read the result: %w", plain(err))
	}
	if there, err := os.Stat(filepath.Join(r.files.dir, "result.json")); err == nil && os.SameFile(read, there) {
		return usage("the reports would take the place of %s, which holds more: name another folder", r.path)
	}
	return r.files.probe()
}

// again is the command that judges one transcript again.
func (r *replay) again(c conformance.CaseResult) string {
	return "zaqarwire replay " + quoted(r.path) + " --case " + c.Case + " --format " + c.Format + " -v"
}
