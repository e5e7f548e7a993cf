// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Options say what to run. The zero value runs every case in every format.
type Options struct {
	Target Target
	// Seed decides all names, so that a run can be repeated: 1 to 16 hexadecimal
	// digits. Default: 4 random ones.
	Seed string
	// Fast leaves out the cases that need time to pass.
	Fast bool
	// Cases are case ids, begins of one, requirements, prefixes or chapters.
	Cases []string
	// Labels choose cases by what they are about; see Labels. Default: all.
	Labels []string
	// Formats to run in. Default: all.
	Formats []Format
	// Shuffle runs the cases in an order that the seed decides. Those that wait
	// are armed first and judged last all the same.
	Shuffle bool
	// Strict makes a SHOULD that is not followed count as a MUST that is broken.
	Strict bool
	// Timeout is how long a reply may take, one second more for each MiB that the
	// running cases have sent, a message counting for 10 KiB at least. Default: 2 s and
	// 50 round trips.
	Timeout time.Duration
	// Jobs is how many cases run at once, each chapter in each format one by one in
	// a project of its own. Default 4; those of a given project run one by one.
	Jobs int
	// FailFast ends the run after so many cases that failed and are not known to. Default 0: never.
	FailFast int
	// KeepTranscripts keeps those of the cases that passed, too; see Replay.
	KeepTranscripts bool
	// Known are the failures that are expected. Nil: none.
	Known *Baseline
	// Journal is told every queue before it is made, one JSON value a line, so
	// that what a killed run leaves can be removed; see ReadJournal. It must not
	// keep a line back.
	Journal io.Writer
	// Command is what repeats the run, less the flags that select cases, for example
	// "zaqarwire check ws://127.0.0.1:9000"; it stands in reports. Empty if no
	// command does.
	Command string
	// Remembered are the seeds of histories that failed before, by case: they are
	// played before those of this run's own seed. See Result.Remembered.
	Remembered map[string]string

	recording bool            // see Record
	whole     map[string]bool // the ids of all cases: such a name is no begin of another
}

var hexSeed = regexp.MustCompile(`^[0-9A-Fa-f]{1,16}$`)

// NewSeed is a seed at random.
func NewSeed() string {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails, by its contract
	return hex.EncodeToString(b[:])
}

// withDefaults refuses what makes no sense before anything is sent.
func (o Options) withDefaults() (Options, error) {
	if o.Seed == "" {
		o.Seed = NewSeed()
	}
	switch {
	case !hexSeed.MatchString(o.Seed):
		return o, &UsageError{fmt.Errorf("the seed %q is not 1 to 16 hexadecimal digits", o.Seed)}
	case o.Timeout < 0:
		return o, &UsageError{fmt.Errorf("a timeout of %v leaves no time for a reply", o.Timeout)}
	case o.Jobs < 0:
		return o, &UsageError{fmt.Errorf("--jobs %d: it is a number of cases, 1 or more", o.Jobs)}
	case o.FailFast < 0:
		return o, &UsageError{fmt.Errorf("--fail-fast %d: it is a number of failures, 1 or more", o.FailFast)}
	}
	for _, l := range o.Labels {
		if !slices.Contains(Labels(), l) {
			return o, &UsageError{fmt.Errorf("there is no label %q; there are %s", l, strings.Join(Labels(), ", "))}
		}
	}
	return o, nil
}

// selects applies a user's selection to one case in one format.
func (o Options) selects(c Case, f Format) bool {
	named := len(o.Cases) == 0 || slices.ContainsFunc(o.Cases, func(name string) bool {
		return selects(name, c) && (!o.whole[name] || c.ID == name)
	})
	labelled := len(o.Labels) == 0 || slices.ContainsFunc(o.Labels, func(l string) bool { return slices.Contains(c.Labels(), l) })
	return named && labelled && (len(o.Formats) == 0 || slices.Contains(o.Formats, f)) && (!o.Fast || !c.Waiting)
}

// shuffle brings cases into the order that a seed decides.
func shuffle(seed string, cases []one) {
	n, _ := strconv.ParseUint(seed, 16, 64)                                  // checked by withDefaults
	mathrand.New(mathrand.NewPCG(n, 0)).Shuffle(len(cases), func(i, j int) { //nolint:gosec // an order, no secret
		cases[i], cases[j] = cases[j], cases[i]
	})
}

// deadline is how long a reply may take over a line with this round trip.
func (o Options) deadline(rtt time.Duration) time.Duration {
	if o.Timeout > 0 {
		return o.Timeout
	}
	return usualDeadline + (50 * rtt).Round(100*time.Millisecond)
}

// jobs is how many cases run at once.
func (o Options) jobs() int { return cmp.Or(o.Jobs, 4) }

// usualDeadline is how long a reply may take where the line takes no time.
const usualDeadline = 2 * time.Second

// patience is how long a case may take that is allowed limit where replies come
// in usual time.
func patience(limit, deadline time.Duration) time.Duration {
	if deadline <= usualDeadline {
		return limit
	}
	return time.Duration(float64(limit) * float64(deadline) / float64(usualDeadline))
}
