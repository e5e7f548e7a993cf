// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// A run keeps its journal in the report folder, under its seed, for as long as it
// lasts: the file is locked by the process that writes it, and is removed when
// nothing is left. A file that is there and not locked is that of a run that was
// killed, or that could not remove all.
// Each line is written before its request is sent, so a killed process loses none;
// a machine that loses its power may.

// judge runs the suite, with a journal if the target outlives this process.
func (c *check) judge(ctx context.Context, s streams, console conformance.Reporter) (conformance.Result, error) {
	if c.o.Seed == "" {
		c.o.Seed = conformance.NewSeed()
	}
	noSeed := strings.Trim(strings.ToLower(c.o.Seed), "0123456789abcdef") != "" // the suite will say so
	if c.o.Target.Advance != nil || noSeed {
		return conformance.Run(ctx, c.o, console)
	}
	f, err := openJournal(c.saved.dir, c.o.Seed)
	if err != nil {
		return conformance.Result{}, err
	}
	c.o.Journal = f
	result, err := conformance.Run(ctx, c.o, console)
	if end := closeJournal(f, result.Leaks.Leaked > 0); err == nil && end != nil {
		err = usage("%w", end)
	}
	if err == nil {
		tellOrphans(s.err, c.saved.dir, f.Name())
	}
	return result, err
}

// journalPath is the journal of the run with a seed.
func journalPath(dir, seed string) string {
	return filepath.Join(dir, "journal-"+strings.ToLower(seed)+".jsonl")
}

// journalName is what journalPath makes, without the folder.
var journalName = regexp.MustCompile(`^journal-[0-9a-f]{1,16}\.jsonl$`)

// openJournal begins a journal. It refuses to touch that of another run.
func openJournal(dir, seed string) (*os.File, error) {
	path := journalPath(dir, seed)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist) && isLocked(path):
		return nil, usage("a run with the seed %s is under way, and keeps %s: let it end, or take another seed", seed, path)
	case errors.Is(err, fs.ErrExist):
		return nil, usage("an earlier run with the seed %s left %s: first run zaqarwire clean -o %s", seed, path, quoted(dir))
	case err != nil:
		return nil, usage("cannot write the journal: %w", plain(err))
	}
	if !lock(f) {
		return nil, errors.Join(usage("%s was taken by another process", path), f.Close())
	}
	return f, nil
}

// closeJournal ends a journal, and removes it unless something is left.
func closeJournal(f *os.File, left bool) error {
	err := f.Close()
	if !left {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("end journal: %w", plain(err))
	}
	return nil
}

// isLocked tells whether the run of a journal is still under way.
func isLocked(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	return !lock(f)
}

// orphans are the journals in a folder whose runs were killed.
func orphans(dir string) []string {
	paths, _ := filepath.Glob(journalPath(escaped(dir), "*")) // the pattern is ours, and good
	var dead []string
	for _, path := range paths {
		if !isLocked(path) {
			dead = append(dead, path)
		}
	}
	return dead
}

// escaped is a path that a pattern takes as it is.
func escaped(path string) string {
	if filepath.Separator != '/' {
		return path // there a backslash parts folders, and nothing escapes
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// tellOrphans says what to do about journals in a folder besides one's own.
func tellOrphans(w io.Writer, dir, own string) {
	dead := slices.DeleteFunc(orphans(dir), func(path string) bool { return path == own })
	if len(dead) > 0 {
		fmt.Fprintf(w, "zaqarwire: an earlier run left %s; zaqarwire clean -o %s removes what it made\n", dead[0], quoted(dir))
	}
}

// readJournal reads a journal whose run is over.
func readJournal(path string) (conformance.Journal, error) {
	f, err := os.Open(path)
	if err != nil {
		return conformance.Journal{}, usage("cannot read the journal: %w", plain(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	if !lock(f) {
		return conformance.Journal{}, errUnderWay
	}
	j, err := conformance.ReadJournal(f)
	if err != nil {
		return conformance.Journal{}, usage("%s is not the journal of a run: %w", path, err)
	}
	return j, nil
}

// errUnderWay says that a journal belongs to a run that has not ended.
var errUnderWay = errors.New("its run is still under way, and was left alone")
