// SPDX-License-Identifier: Apache-2.0

// Package vectors makes vectors of the suite's cases: frames and what is permitted of
// their replies, as data, so that a server can be judged from any language. They are
// made from transcripts of the cases themselves: see [conformance.Record].
//
// The same case is recorded three times. Twice on a sound server: what differs, the
// server made up. And once on one that is as lawful and as odd as can be: a case that
// sends anything else there does what it does because of what came, and is no vector.
package vectors

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// FormatVersion is that of the files. It grows when a reader of the one before would
// misread a file.
const FormatVersion = 1

// SchemaFile is the name of the schema beside the vectors.
const SchemaFile = "vectors.schema.json"

//go:embed vectors.schema.json
var fileSchema string

// Schema is the JSON Schema of the files.
func Schema() []byte { return []byte(fileSchema) }

// Seed is that of the runs to record. Their names begin with Prefix, in whose place a
// runner puts one of its own, as long, for each case.
const (
	Seed   = "FACADE"
	Prefix = "zw-facade"
)

// Chapter is the vectors of a chapter of the specification.
type Chapter struct {
	Name  string
	Cases []Case
}

// Case is the vector of one case.
type Case struct {
	ID          string
	Requirement spec.Requirement
	Needs       []string          // features and extensions of the schema
	Steps       map[string][]step // by format
	Clean       []step            // what removes what it made
}

// Left is a case that is no vector, in some formats or in all.
type Left struct {
	Case, Formats, Why string
}

// Recorded is the same cases on three servers, by id and format.
type Recorded struct {
	sound, again, odd map[string]conformance.CaseResult
}

// NewRecorded takes the results of three records, which have the Seed of this package.
func NewRecorded(sound, again, odd conformance.Result) Recorded {
	return Recorded{byName(sound), byName(again), byName(odd)}
}

func byName(r conformance.Result) map[string]conformance.CaseResult {
	all := map[string]conformance.CaseResult{}
	for _, c := range r.Cases {
		all[c.Case+" "+c.Format] = c
	}
	return all
}

// Make makes the vectors of all cases that can be told as data, and says why the others
// cannot.
func Make(r Recorded) ([]Chapter, []Left, error) {
	var chapters []Chapter
	var left []Left
	for _, c := range conformance.Cases() {
		made := Case{ID: c.ID, Requirement: c.Requirement, Needs: c.Rule.Needs, Steps: map[string][]step{}}
		why := map[string][]string{}
		var transcripts []conformance.CaseResult
		for _, f := range conformance.Formats() {
			if !slices.Contains(c.Rule.Formats, f) {
				continue
			}
			steps, err := r.steps(c, f.String())
			var reason unfit
			switch {
			case errors.As(err, &reason):
				why[string(reason)] = append(why[string(reason)], f.String())
			case err != nil:
				return nil, nil, fmt.Errorf("make a vector of %s: %w", c.ID, err)
			default:
				made.Steps[f.String()] = steps
				transcripts = append(transcripts, r.sound[c.ID+" "+f.String()])
			}
		}
		for reason, formats := range why {
			left = append(left, Left{c.ID, strings.Join(formats, ", "), reason})
		}
		if len(made.Steps) == 0 {
			continue
		}
		made.Clean = clean(transcripts)
		at := slices.IndexFunc(chapters, func(o Chapter) bool { return o.Name == c.Requirement.Chapter })
		if at < 0 {
			at = len(chapters)
			chapters = append(chapters, Chapter{Name: c.Requirement.Chapter})
		}
		chapters[at].Cases = append(chapters[at].Cases, made)
	}
	return chapters, left, nil
}

// steps are those of a case in a format, or why there are none.
func (r Recorded) steps(c conformance.Case, format string) ([]step, error) {
	name := c.ID + " " + format
	sound, again, odd := r.sound[name], r.again[name], r.odd[name]
	switch {
	case c.Waiting:
		return nil, errWaits
	case c.Rule.Live:
		return nil, errParallel
	case sound.Verdict == conformance.NA:
		return nil, unfit(sound.Reason)
	case sound.Verdict != conformance.Pass || again.Verdict != conformance.Pass:
		return nil, fmt.Errorf("a sound server was judged %q and %q: %s%s", sound.Verdict, again.Verdict, sound, again)
	}
	steps, err := tell(sound, notIn(again))
	if err != nil {
		return nil, err
	}
	same, err := tell(again, notIn(sound))
	if err != nil {
		return nil, err
	}
	other, err := tell(odd, notIn(sound))
	if err != nil && odd.Verdict == conformance.Pass {
		return nil, err
	}
	if !equal(steps, same) || !leadsTo(other, steps, odd.Verdict == conformance.Pass) {
		return nil, errSteered
	}
	return steps, nil
}

// leadsTo says whether the steps on another server are those, as far as they came.
func leadsTo(other, steps []step, all bool) bool {
	if all {
		return equal(other, steps)
	}
	n := max(0, len(other)-1) // the last was not ended
	return n <= len(steps) && equal(other[:n], steps[:n])
}

func equal(a, b []step) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// notIn says that a string is in no reply of a case: what one server answers and another
// does not, it made up.
func notIn(r conformance.CaseResult) func(string) bool {
	all := map[string]bool{}
	for _, l := range r.Transcript {
		if l.Dir != conformance.Incoming {
			continue
		}
		if v, err := conformance.Decode(l.Kind, l.Message()); err == nil {
			gather(all, v)
		}
	}
	return func(s string) bool { return !all[s] }
}

func gather(all map[string]bool, v any) {
	switch v := v.(type) {
	case string:
		all[v] = true
	case []any:
		for _, e := range v {
			gather(all, e)
		}
	case map[string]any:
		for _, e := range v {
			gather(all, e)
		}
	}
}
