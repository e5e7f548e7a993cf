// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Baseline lists the cases that a target is known to fail, each with the symptom
// that it fails with, and why. A run holds the target to it exactly.
type Baseline struct {
	// File is where it was read.
	File    string
	Entries []Known
}

// Known is a failure that is expected, one line of a baseline:
//
//	case-id  format-or-*  symptom  # reason, Fnnn, date
//
// A reason that begins with "sometimes" lets the case pass as well.
type Known struct {
	// Line is where in the file.
	Line int    `json:"line"`
	Case string `json:"case"`
	// Format is one, or "*" for all that the case is run in.
	Format  string  `json:"format"`
	Symptom Symptom `json:"symptom"`
	Reason  string  `json:"reason"`
}

// maxSometimes is how many entries may leave open whether the case fails.
const maxSometimes = 3

// Sometimes says that the case may pass as well.
func (k Known) Sometimes() bool { return strings.HasPrefix(k.Reason, "sometimes") }

var (
	knownSymptom = regexp.MustCompile(`^(no-reply|closed|status=\d+|shape|value|order|leak)$`)
	knownReason  = regexp.MustCompile(`^\S.*, F\d{3}, \d{4}-\d\d-\d\d$`)
	knownCase    = regexp.MustCompile(`^[A-Z]{3}-[1-9]\d*/[a-z0-9]+(-[a-z0-9]+)*$`)
)

// ReadBaseline reads a list of known failures. Its errors begin with file:line.
func ReadBaseline(file string, r io.Reader) (*Baseline, error) {
	b := &Baseline{File: file}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		k, err := parseKnown(text)
		if err == nil {
			err = b.admits(k)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		k.Line = n
		b.Entries = append(b.Entries, k)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return b, nil
}

func parseKnown(text string) (Known, error) {
	entry, reason, _ := strings.Cut(text, "#")
	words := strings.Fields(entry)
	if len(words) != 3 {
		return Known{}, fmt.Errorf("before the # are %d words instead of three: "+
			"case-id  format-or-*  symptom  # reason, Fnnn, date", len(words))
	}
	k := Known{Case: words[0], Format: words[1], Symptom: Symptom(words[2]), Reason: strings.TrimSpace(reason)}
	switch {
	case !knownCase.MatchString(k.Case):
		return k, fmt.Errorf("%q is no id of a case, such as CLM-8/after-the-ttl", k.Case)
	case k.Format != "*" && !slices.Contains(formatNames(), k.Format):
		return k, fmt.Errorf("%q is no format; there are %s and *", k.Format, strings.Join(formatNames(), ", "))
	case !knownSymptom.MatchString(words[2]):
		return k, fmt.Errorf("%q is no symptom; there are no-reply, closed, status=N, shape, value, order and leak", k.Symptom)
	case !knownReason.MatchString(k.Reason), !endsInDate(k.Reason):
		return k, fmt.Errorf("%q does not end in a fact and a date: # reason, Fnnn, date", k.Reason)
	}
	return k, nil
}

func endsInDate(reason string) bool {
	_, err := time.Parse(time.DateOnly, reason[max(0, len(reason)-len(time.DateOnly)):])
	return err == nil
}

// admits refuses an entry that says what another says, and one "sometimes" too
// many.
func (b *Baseline) admits(k Known) error {
	open := 0
	for _, o := range b.Entries {
		if o.Case == k.Case && (o.Format == k.Format || o.Format == "*" || k.Format == "*") {
			return fmt.Errorf("%s [%s] stands in line %d already", k.Case, k.Format, o.Line)
		}
		if o.Sometimes() {
			open++
		}
	}
	if k.Sometimes() && open == maxSometimes {
		return fmt.Errorf("one %q too many: at most %d cases may pass or fail", "sometimes", maxSometimes)
	}
	return nil
}

// Surprise is where a target is not as its baseline says.
type Surprise struct {
	Known

	// What is "passes", "other symptom" or "stale entry".
	What string `json:"what"`
	// Actual is the format that passed, or the symptom that showed.
	Actual string `json:"actual"`
}

// The surprises.
const (
	SurprisePass    = "passes"
	SurpriseSymptom = "other symptom"
	SurpriseStale   = "stale entry"
)

// Held is how a run compares with a baseline.
type Held struct {
	File    string `json:"file"`
	Entries int    `json:"entries"`
	// Unused are entries whose cases the selection left out, or that could not be
	// exercised.
	Unused    int        `json:"unused"`
	Surprises []Surprise `json:"surprises"`
}

// hold compares the verdicts of a run with the baseline. All is the catalogue.
func (b *Baseline) hold(all []Case, judged []CaseResult) *Held {
	h := &Held{File: b.File, Entries: len(b.Entries), Surprises: []Surprise{}}
	for _, k := range b.Entries {
		if why := k.stale(all); why != "" {
			h.Surprises = append(h.Surprises, Surprise{k, SurpriseStale, why})
			continue
		}
		used := false
		for _, c := range judged {
			if !k.covers(c) {
				continue
			}
			used = used || c.Verdict != NA && c.Verdict != Untested
			if what, actual := k.surprise(c); what != "" {
				h.Surprises = append(h.Surprises, Surprise{k, what, actual})
			}
		}
		if !used {
			h.Unused++
		}
	}
	return h
}

// surprise says what is not as expected of a case; empty if all is.
func (k Known) surprise(c CaseResult) (what, actual string) {
	switch {
	case c.Verdict == Pass && !k.Sometimes():
		return SurprisePass, "[" + c.Format + "]"
	case c.Failure != nil && c.Failure.Symptom != k.Symptom:
		return SurpriseSymptom, fmt.Sprintf("%s [%s]", c.Failure.Symptom, c.Format)
	}
	return "", ""
}

// stale says why no run can fulfil an entry; empty if one can.
func (k Known) stale(all []Case) string {
	i := slices.IndexFunc(all, func(c Case) bool { return c.ID == k.Case })
	switch {
	case i < 0:
		return "there is no such case"
	case k.Format != "*" && !slices.ContainsFunc(all[i].Rule.Formats, func(f Format) bool { return f.String() == k.Format }):
		return "the case is not run in that format"
	}
	return ""
}

// entry is the one that expects this very failure; nil if none does.
func (b *Baseline) entry(c CaseResult) *Known {
	if b == nil || c.Failure == nil {
		return nil
	}
	for _, k := range b.Entries {
		if k.covers(c) && k.Symptom == c.Failure.Symptom {
			return &k
		}
	}
	return nil
}

// silence says whether a case is expected to get no reply.
func (b *Baseline) silence(id string, f Format) bool {
	return b != nil && slices.ContainsFunc(b.Entries, func(k Known) bool {
		return k.Symptom == NoReply && k.covers(CaseResult{Case: id, Format: f.String()})
	})
}

// covers says whether an entry is about a case in the format that it was run in.
func (k Known) covers(c CaseResult) bool {
	return k.Case == c.Case && (k.Format == "*" || k.Format == c.Format)
}
