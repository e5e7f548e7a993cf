// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Journal is what a run wrote down: whom it judged, and each queue, pool and flavor
// before a request could make it. Its file holds one JSON value a line, the head first.
type Journal struct {
	Head

	names []entry
}

// Head is the first line of a journal.
type Head struct {
	// Version is that of the journal's format.
	Version int `json:"zaqarwire_journal"`
	// URL is the target, without its password.
	URL  string `json:"url"`
	Seed string `json:"seed"`
	// Prefix begins the names that the run gave, and the projects it invented.
	Prefix string `json:"prefix"`
	// Project and Client are those that the run was told to use, if it was.
	Project string `json:"project,omitempty"`
	Client  string `json:"client,omitempty"`
}

const journalVersion = 1

// entry is every other line of a journal.
type entry struct {
	queueName
	// Bytes is the name where it is no UTF-8, which JSON cannot hold.
	Bytes []byte `json:"queue_bytes,omitempty"`
	// Leave says that the queue is never deleted; see Peer.Leave.
	Leave bool `json:"leave,omitempty"`
}

// head begins the journal.
func (j *janitor) head() error {
	r := j.run
	return j.write(Head{journalVersion, r.target.shown(), r.seed, r.prefix, r.target.Project, r.target.Client})
}

// journal writes a name down before the queue is made, so that what a killed
// run leaves behind can be found.
func (j *janitor) journal(q queueName, leave bool) error {
	e := entry{queueName: q, Leave: leave}
	if !utf8.ValidString(q.Name) {
		e.Bytes = []byte(q.Name)
	}
	return j.write(e)
}

// write adds a line to the journal, in one call.
func (j *janitor) write(line any) error {
	if j.log == nil {
		return nil
	}
	text, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("encode name: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.log.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// ReadJournal reads what a run wrote into Options.Journal. A last line without
// its end is that of a killed run, which had not sent the request yet. A journal
// without a head is one of a run that had made nothing.
func ReadJournal(r io.Reader) (Journal, error) {
	var j Journal
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		text, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return j, nil
		}
		if err != nil {
			return Journal{}, fmt.Errorf("read journal: %w", err)
		}
		var e entry
		if n == 1 {
			err = json.Unmarshal(text, &j.Head)
			if err == nil && (j.Version != journalVersion || j.Prefix == "") {
				err = errors.New("it is not the head of a journal that this version reads")
			}
		} else if err = json.Unmarshal(text, &e); err == nil {
			if e.Bytes != nil {
				e.Name = string(e.Bytes)
			}
			j.names = append(j.names, e)
		}
		if err != nil {
			return Journal{}, fmt.Errorf("line %d: %w", n, err)
		}
	}
}

// Names is how many queues the journal holds, those that the run has deleted
// included.
func (j Journal) Names() int { return len(j.names) }

// Clean deletes what a run left at its target, and proves it. In what it returns,
// Created counts the queues that were still there. It deletes nothing but what
// carries the run's prefix or lies in a project that the run invented. It returns
// a *UsageError or an *UnreachableError if not all names could be asked for.
func (j Journal) Clean(ctx context.Context, t Target) (Leaks, error) {
	t.Project, t.Client = j.Project, j.Client
	rtt, err := t.preflight(ctx)
	if err != nil {
		return Leaks{}, err
	}
	project := t.Project
	if project == "" {
		project = j.Prefix
	}
	r := &run{target: t, seed: j.Seed, prefix: j.Prefix, project: project, deadline: Options{}.deadline(rtt)}
	r.janitor = &janitor{run: r}
	return r.janitor.clean(ctx, j.names)
}

// clean removes all, then asks for each name once more: a request that was under
// way when the run was killed may have come late.
func (j *janitor) clean(ctx context.Context, names []entry) (Leaks, error) {
	found := map[string]bool{}
	names = inTurn(names, func(e entry) queueName { return e.queueName })
	for _, e := range names {
		j.still(ctx, e.queueName)
	}
	for _, e := range names {
		if !j.missing(ctx, e.queueName) {
			found[e.full()] = true
			if !e.Leave && j.run.ours(e.queueName) {
				j.ask(ctx, e.sort()+"_delete", e.queueName)
			}
		}
		if err := j.lost(ctx); err != nil {
			return j.done(), err
		}
	}
	for _, e := range names {
		there := !j.missing(ctx, e.queueName)
		j.enter(e.queueName, e.Leave, found[e.full()] || there, there)
		if err := j.lost(ctx); err != nil {
			return j.done(), err
		}
	}
	j.audit(ctx)
	return j.done(), j.lost(ctx)
}

// lost says why it makes no sense to ask on; nil if it does.
func (j *janitor) lost(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ErrInterrupted
	case j.silent >= 3:
		return &UnreachableError{
			URL: j.run.target.shown(), Err: errors.New("it gives no reply any more"),
			Hint: "is the server still running?",
		}
	}
	return nil
}

// ours says whether a queue, pool or flavor is the run's to delete: its name carries
// the prefix, in whatever case, or the queue's project was made up.
func (r *run) ours(q queueName) bool {
	return strings.HasPrefix(strings.ToLower(q.Name), r.prefix+"-") || q.Kind == "" && r.invented(q.Project)
}

// invented says whether the run made up a project. When it was given one, it
// makes up none.
func (r *run) invented(project string) bool {
	return r.target.Project == "" && (project == r.prefix || strings.HasPrefix(project, r.prefix+"-"))
}
