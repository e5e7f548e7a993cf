// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// clean is whose leftovers to remove, and where.
type clean struct {
	url, dir, journal string
	allowRemote       bool
	trust             trust
	as                identities
}

func newClean(s streams) *cobra.Command {
	var c clean
	cmd := &cobra.Command{
		Use:   "clean [URL]",
		Short: "Remove what a killed run left at its target",
		Long: `Remove what runs left that were killed: read their journals in the report folder,
delete each queue that is still there, prove it by asking for each once more, and
remove the journal. Runs that end, or are interrupted, do all this by themselves.

Nothing is deleted but what carries a run's prefix or lies in a project that the
run invented. A queue whose name a target may take for one of its own keys is
never deleted; it counts as left on purpose.

URL chooses among the journals of a folder, and says where to go with --journal.

Exit codes: 0 nothing is left but what was left on purpose; 1 something could not
be removed; 2 usage or configuration; 3 unreachable; 4 interrupted.`,
		Example: `  zaqarwire clean
  zaqarwire clean -o zaqarwire-report/zaqar
  zaqarwire clean ws://127.0.0.1:9000 --journal old/journal-7f3a.jsonl`,
		Args: takes(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				c.url = args[0]
				if err := checkURL(c.url); err != nil {
					return err
				}
			}
			return c.run(cmd.Context(), s)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&c.dir, "output", "o", "zaqarwire-report", "report folder of the runs")
	f.StringVar(&c.journal, "journal", "", "clean up after this journal alone, wherever it lies")
	trustFlags(cmd, &c.trust)
	identityFlags(cmd, &c.as, false)
	f.BoolVar(&c.allowRemote, "allow-remote", false, "delete at a target that is not on this machine")
	return cmd
}

// run cleans up after each journal and ends with the worst of their exit codes.
func (c clean) run(ctx context.Context, s streams) error {
	paths := []string{c.journal}
	if c.journal == "" {
		if info, err := os.Stat(c.dir); err != nil || !info.IsDir() {
			return usage("there is no folder %q, so no run has left a journal there", c.dir)
		}
		paths, _ = filepath.Glob(journalPath(escaped(c.dir), "*")) // the pattern is ours, and good
	}
	if len(paths) == 0 {
		fmt.Fprintf(s.out, "nothing to clean up: %s holds no journal\n", c.dir)
		return nil
	}
	worst := exitOK
	for _, path := range paths {
		err := c.after(ctx, s, path)
		if err == nil {
			continue
		}
		code := exitFailed
		if e, ok := errors.AsType[*exit](err); ok {
			code, err = e.code, e.cause
		}
		if err != nil {
			fmt.Fprintln(s.err, "zaqarwire:", err)
		}
		worst = max(worst, code)
	}
	if worst != exitOK {
		return &exit{code: worst}
	}
	return nil
}

// after cleans up after one run.
func (c clean) after(ctx context.Context, s streams, path string) error {
	j, err := readJournal(path)
	switch {
	case errors.Is(err, errUnderWay):
		return fmt.Errorf("%s: %w", path, err)
	case err != nil:
		return err
	case j.Prefix == "" && !journalName.MatchString(filepath.Base(path)):
		return usage("%s is empty, and its name is not that of a journal: it was left alone", path)
	case j.Prefix == "":
		fmt.Fprintf(s.out, "%s is empty: its run had made nothing\n", path)
		return forget(path)
	}
	t, err := c.target(j)
	if err != nil {
		return err
	}
	if t.URL == "" {
		fmt.Fprintf(s.out, "%s is about %s: passed over\n", path, j.URL)
		return nil
	}
	leaks, err := j.Clean(ctx, t)
	if err != nil {
		return unclean(err)
	}
	fmt.Fprintf(s.out, "%s  %s\n  names %d, found %d, deleted %d, leaked %d, left on purpose %d\n",
		path, j.URL, j.Names(), leaks.Created, leaks.Deleted, leaks.Leaked, leaks.LeftOnPurpose)
	for _, name := range leaks.Names {
		fmt.Fprintf(s.out, "  leaked %q\n", name)
	}
	if leaks.Leaked > 0 {
		return &exit{code: exitFailed}
	}
	return forget(path)
}

// unclean says why not all names of a journal could be asked for.
func unclean(err error) error {
	if u, ok := errors.AsType[*conformance.UnreachableError](err); ok {
		return &exit{code: exitUnreachable, cause: fmt.Errorf("%s cannot be cleaned up: %w; %s", u.URL, u.Err, u.Hint)}
	}
	if errors.Is(err, conformance.ErrInterrupted) {
		return &exit{code: exitIncomplete, cause: errors.New("interrupted: run clean again for what is left")}
	}
	return usage("%w", err)
}

// target is where a run left what it made; without a URL if the user means another.
func (c clean) target(j conformance.Journal) (conformance.Target, error) {
	t := conformance.Target{URL: j.URL}
	switch {
	case c.url != "" && (c.journal != "" || shown(c.url) == j.URL):
		t.URL = c.url
	case c.url != "":
		return conformance.Target{}, nil
	case hasPassword(j.URL):
		return t, usage("a journal keeps no password: give the URL %s with it", j.URL)
	}
	err := checkURL(t.URL)
	if err != nil {
		return t, err
	}
	if t.Transport, err = c.trust.transport(t.URL); err != nil {
		return t, err
	}
	t.Project = j.Project
	if err := c.as.into(&t); err != nil {
		return t, err
	}
	if !isLocal(t.URL) && !c.allowRemote {
		return t, usage("%s is not on this machine: cleaning up deletes queues there; --allow-remote permits that", shown(t.URL))
	}
	return t, nil
}

// forget removes the journal of a run that has left nothing.
func forget(path string) error {
	if err := os.Remove(path); err != nil {
		return usage("cannot remove the journal: %w", plain(err))
	}
	return nil
}
