// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Verdict is what a case says of a target.
type Verdict string

// The verdicts. NA is for what the run or the target declares absent; Untested
// is for what could not be exercised, and makes a run incomplete.
const (
	Pass     Verdict = "pass"
	Fail     Verdict = "fail"
	Warn     Verdict = "warn" // a SHOULD is not followed
	NA       Verdict = "n/a"
	Untested Verdict = "untested"
)

// Symptom is how a failure shows, for the baseline of known failures: one of
// those below, or "status=" and the status that came.
type Symptom string

// The symptoms.
const (
	NoReply   Symptom = "no-reply"
	Closed    Symptom = "closed"
	BadShape  Symptom = "shape"
	BadValue  Symptom = "value"
	BadOrder  Symptom = "order"
	Leak      Symptom = "leak"
	BadStatus Symptom = "status=" // and the status
)

// Failure is why a case did not pass.
type Failure struct {
	// Requirement is the rule that is broken: the case's own, or one of those
	// that every reply is held to, such as the echo.
	Requirement spec.ID `json:"requirement"`
	Symptom     Symptom `json:"symptom"`
	// Setup is whether the step that failed only prepared what the case is about.
	Setup bool `json:"setup,omitempty"`
	// Path is the place in the reply, for example "headers.status"; or what was
	// looked at, in words.
	Path string `json:"path"`
	// Expected lists every outcome that the sentence permits.
	Expected string `json:"expected"`
	Actual   string `json:"actual"`
	// Mark is where it shows; nil if in no single line of the transcript.
	Mark *Mark `json:"mark,omitempty"`
	// Seed is where a random history came from, if one found it; Drawing shows
	// who did what at what time, for a terminal of 80 columns.
	Seed    string   `json:"seed,omitempty"`
	Drawing []string `json:"drawing,omitempty"`
}

// Direction is which way a transcript's line went.
type Direction string

// The directions; a note says what happened besides messages, a check is a
// verdict that was asked for.
const (
	Outgoing Direction = ">>"
	Incoming Direction = "<<"
	Remark   Direction = "--"
	Asked    Direction = "??"
)

// Line is one line of a transcript.
type Line struct {
	// At is the time since the case began.
	At time.Duration `json:"at_ns"`
	// Conn numbers the connections of a case from 1.
	Conn int       `json:"conn"`
	Dir  Direction `json:"dir"`
	// Kind is the kind of message, 0 for a note or a check.
	Kind Kind `json:"kind,omitempty"`
	// Size is the length of the message in bytes.
	Size int `json:"size,omitempty"`
	// Short is the message for people, the default headers elided, the echo of
	// a reply as `=` if it equals the request, long values cut.
	Short string `json:"short"`
	// Data is the message as it was, but see Redacted; Packed is it, by gzip, if
	// it is long.
	Data   []byte `json:"data,omitempty"`
	Packed []byte `json:"packed,omitempty"`
	// Redacted says that the message carried credentials: in Data they are taken
	// out.
	Redacted bool `json:"redacted,omitempty"`
	// Withheld says why there is no Data; Sum is the SHA-256 of what is too long.
	Withheld string `json:"withheld,omitempty"`
	Sum      string `json:"sha256,omitempty"`
	// Note is a remark for machines.
	Note *Note `json:"note,omitempty"`
	// Question is what was asked here, if that was recorded; see Record.
	Question *Question `json:"-"`
}

// CaseResult is the verdict of one case in one format.
type CaseResult struct {
	// Case is the id, for example "CLM-3/claiming-from-an-empty-queue".
	Case string `json:"case"`
	// Requirement is the one that the case judges; see also Failure.Requirement.
	Requirement spec.ID    `json:"requirement"`
	Level       spec.Level `json:"level"`
	Chapter     string     `json:"chapter"`
	Format      string     `json:"format"`
	Waiting     bool       `json:"waiting,omitempty"`
	Verdict     Verdict    `json:"verdict"`
	// Reason says why a case was not applicable or untested.
	Reason  string   `json:"reason,omitempty"`
	Failure *Failure `json:"failure,omitempty"`
	// Known is the entry of the baseline that expects this failure.
	Known *Known        `json:"known,omitempty"`
	Took  time.Duration `json:"took_ns"`
	// Transcript is kept of what did not pass, or of all if the run was told so.
	Transcript []Line `json:"transcript,omitempty"`
}

// String is all that is known of a case that did not pass, for a test's log.
func (c CaseResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s [%s]: %s %s", c.Case, c.Format, c.Verdict, c.Reason)
	if f := c.Failure; f != nil {
		r, _ := spec.Get(f.Requirement)
		fmt.Fprintf(&b, "%s %s (%s)\n  %s\n  expected  %s\n  actual    %s",
			r.ID, r.Level, r.File(), r.Text, f.Expected, f.Actual)
	}
	for _, l := range c.Transcript {
		if l.Dir != Asked {
			fmt.Fprintf(&b, "\n  %s %s", l.Dir, l.Short)
		}
	}
	return b.String()
}

// Broken is the requirement that the case found broken, empty if none.
func (c CaseResult) Broken() spec.ID {
	if c.Failure == nil {
		return ""
	}
	return c.Failure.Requirement
}
