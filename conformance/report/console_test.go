// SPDX-License-Identifier: Apache-2.0

package report

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

var rewrite = flag.Bool("rewrite", false, "write the golden texts anew; then read the diff")

const at = time.Millisecond

// result is a made-up run in which everything happened that can.
func result() conformance.Result {
	passed := func(id spec.ID, slug, chapter, format string) conformance.CaseResult {
		return conformance.CaseResult{
			Case: string(id) + "/" + slug, Requirement: id, Level: spec.Must, Chapter: chapter, Format: format,
			Verdict: conformance.Pass, Took: 2 * at,
		}
	}
	broken := func(c conformance.CaseResult, v conformance.Verdict, f conformance.Failure, name string) conformance.CaseResult {
		c.Verdict, c.Failure = v, &f
		kind, short := conformance.Text, "text"
		if c.Format == "msgpack" {
			kind, short = conformance.Binary, "bin"
		}
		c.Transcript = []conformance.Line{
			{
				Conn: 1, Dir: conformance.Outgoing, Kind: kind, Size: 61, Data: []byte(short + ` >"`),
				Short: `{action: "frobnicate", headers: {…}, body: {queue_name: "` + name + `"}}`,
			},
			{
				At: at / 2, Conn: 1, Dir: conformance.Incoming, Kind: kind, Size: 48, Data: []byte(short + " <"),
				Short: `{headers: {status: 400}, body: {error: "…"}, request: {action: "frobnicate"}}`,
			},
			{At: at, Dir: conformance.Asked, Short: "WantStatus headers.status: 400"},
		}
		return c
	}
	echo := func(name string) conformance.Failure {
		return conformance.Failure{
			Requirement: spec.FRM30, Symptom: conformance.BadValue, Path: "request.body.queue_name",
			Expected: `request.body.queue_name = "` + name + `"`, Actual: "request.body.queue_name absent",
			Mark: &conformance.Mark{Line: 1, From: 54, To: 76, First: 2, Last: 4},
		}
	}
	status := conformance.Failure{
		Requirement: spec.CLM4, Symptom: conformance.BadShape, Path: "body.claim_id",
		Expected: "body.claim_id absent", Actual: `body.claim_id = "1"`, Setup: true,
	}
	long := broken(passed(spec.CLM4, "no-claim", "claims", "json"), conformance.Warn, status, "zw-7f3a-9x-1")
	for i := range 12 {
		long.Transcript = append(long.Transcript, conformance.Line{
			At: time.Duration(i) * 100 * at, Conn: 1 + i%2, Dir: conformance.Remark, Short: "ping",
		})
	}
	untested := passed(spec.CLM10, "after-the-ttl", "claims", "json")
	untested.Verdict, untested.Waiting = conformance.Untested, true
	untested.Reason = "a step that had to be done 59s after the case began was 2s late"
	na := passed(spec.FRM70, "names-apart", "frames", "json")
	na.Verdict, na.Reason = conformance.NA, "it needs a project of its own, and the run was given one"

	return conformance.Result{
		URL: "ws://127.0.0.1:9000", Command: "zaqarwire check ws://127.0.0.1:9000", Seed: "7F3A", Prefix: "zw-7f3a", Took: 62300 * at, RTT: at / 2,
		Began: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Leaks: conformance.Leaks{Created: 318, Deleted: 318},
		Cases: []conformance.CaseResult{
			broken(passed(spec.FRM53, "unknown-action", "frames", "json"), conformance.Fail, echo("zw-7f3a-k2-1"), "zw-7f3a-k2-1"),
			broken(passed(spec.FRM53, "unknown-action", "frames", "msgpack"), conformance.Fail, echo("zw-7f3a-k2-2"), "zw-7f3a-k2-2"),
			broken(passed(spec.FRM62, "no-client", "frames", "json"), conformance.Fail, echo("zw-7f3a-k2-3"), "zw-7f3a-k2-3"),
			passed(spec.QUE1, "a-new-queue", "queues", "json"),
			passed(spec.QUE1, "a-new-queue", "queues", "msgpack"),
			na, long, untested,
		},
	}
}

func entry(line int, id, format string, s conformance.Symptom) conformance.Known {
	return conformance.Known{Line: line, Case: id, Format: format, Symptom: s, Reason: "a reason, F123, 2026-11-22"}
}

// known is a run whose failures were all expected, but for what is told.
func known(r conformance.Result, surprises []conformance.Surprise) conformance.Result {
	var cases []conformance.CaseResult
	for _, c := range r.Cases {
		if c.Verdict == conformance.Fail {
			k := entry(3, c.Case, "*", c.Failure.Symptom)
			c.Known = &k
		}
		if c.Verdict != conformance.Untested {
			cases = append(cases, c)
		}
	}
	r.Cases = cases
	r.Held = &conformance.Held{File: "known-failing.txt", Entries: 4, Unused: 1, Surprises: surprises}
	return r
}

func planOf(r conformance.Result) conformance.Plan {
	p := conformance.Plan{
		URL: r.URL, Seed: r.Seed, Prefix: r.Prefix, RTT: r.RTT, Formats: []string{"json", "msgpack"}, LastDue: 61 * time.Second,
		Profile: r.Profile, Strict: r.Strict, Shuffled: r.Shuffled,
	}
	for _, c := range r.Cases {
		p.Cases = append(p.Cases, conformance.Planned{Case: c.Case, Chapter: c.Chapter, Format: c.Format, Waiting: c.Waiting})
	}
	return p
}

// passing is a run in which nothing happened.
func passing() conformance.Result {
	r := result()
	var good []conformance.CaseResult
	for _, c := range r.Cases {
		if c.Verdict == conformance.Pass {
			good = append(good, c)
		}
	}
	r.Cases = good
	return r
}

// counts are numbers that grow with the specification.
var counts = regexp.MustCompile(`\d+ MUST · \d+ SHOULD · \d+ MAY|covered \d+/\d+ MUST`)

func printed(r conformance.Result, o Options) string {
	var b strings.Builder
	clock := time.Unix(0, 0)
	o.Now = func() time.Time {
		clock = clock.Add(time.Second)
		return clock
	}
	o.Version = "0.1.0"
	o.Save = func(conformance.Result) ([]string, error) {
		return []string{"zaqarwire-report/index.html", "junit.xml", "summary.md", "result.json"}, nil
	}
	c := NewConsole(&b, o)
	c.Began(planOf(r))
	for _, one := range r.Cases {
		c.Judged(one)
	}
	c.Ended(r)
	text := b.String()
	if first, last := strings.Index(text, "\r"), strings.LastIndex(text, "A\r"); first >= 0 && last > first {
		text = text[:first] + text[last+1:] // the bars as they ended, however often they were drawn
	}
	return counts.ReplaceAllStringFunc(text, func(s string) string {
		return regexp.MustCompile(`\d+`).ReplaceAllString(s, "N")
	})
}

func TestConsole(t *testing.T) {
	t.Parallel()
	selected := passing()
	selected.Partial = true
	stopped := passing()
	stopped.Stopped = "interrupted"
	asKnown := known(result(), nil)
	surprised := known(result(), []conformance.Surprise{
		{Known: entry(7, "QUE-1/a-new-queue", "*", conformance.BadValue), What: conformance.SurprisePass, Actual: "[json]"},
		{Known: entry(8, "QUE-1/gone", "mixed", "status=500"), What: conformance.SurpriseStale, Actual: "there is no such case"},
	})
	surprised.Cases[1].Known = nil
	surprised.Strict, surprised.Shuffled = true, true
	surprised.Profile = conformance.Profile{
		Name: "zaqar-15", Without: []string{"next_marker"}, Limits: map[string]int64{"max_frame": 1000, "max_queue_name": 32},
	}
	for name, tc := range map[string]struct {
		r conformance.Result
		o Options
	}{
		"failures":         {result(), Options{}},
		"failures-wide":    {result(), Options{Width: 120}},
		"failures-verbose": {result(), Options{Verbose: true}},
		"terminal":         {result(), Options{Terminal: true, Color: true, Width: 100}},
		"terminal-narrow":  {result(), Options{Terminal: true, Width: 50}},
		"conformant":       {passing(), Options{Width: 100}},
		"selected":         {selected, Options{Width: 100}},
		"interrupted":      {stopped, Options{}},
		"as-known":         {asKnown, Options{}},
		"not-as-known":     {surprised, Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, path := printed(tc.r, tc.o), filepath.Join("testdata", name+".txt")
			if *rewrite {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s is out of date (-rewrite, then read the diff):\n%s", path, got)
			}
		})
	}
}

func TestNoLineIsLongerThanTheScreen(t *testing.T) {
	t.Parallel()
	long := result()
	f := long.Cases[0].Failure
	f.Expected += strings.Repeat("é ", 90)
	f.Actual += strings.Repeat("x", 300)
	long.Cases[0].Transcript[0].Short += strings.Repeat(" word", 100)
	for _, width := range []int{40, 60, 80, 120} {
		for line := range strings.Lines(printed(long, Options{Width: width})) {
			head := strings.HasPrefix(line, "zaqarwire ") || strings.HasPrefix(line, "target ") || strings.HasPrefix(line, "FAIL ") || strings.HasPrefix(line, "run ")
			if strings.HasPrefix(line, indent+"https://") || strings.Contains(line, "--case") {
				continue // broken, it could not be followed; nor could a word of a command
			}
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width && !head {
				t.Errorf("%d columns on a screen of %d: %s", n, width, line)
			}
		}
	}
}

func TestABlockFitsOnAScreen(t *testing.T) {
	t.Parallel()
	r := result()
	one := r.Cases[0]
	f := *one.Failure
	one.Failure = &f
	f.Expected += strings.Repeat(" é", 900)
	f.Actual += strings.Repeat("x", 900)
	long := one.Transcript[0]
	long.Short += strings.Repeat(" word", 900)
	marked := one.Transcript[1]
	marked.Short = strings.Repeat("word ", 400) + marked.Short
	one.Transcript = append(slices.Repeat([]conformance.Line{long}, 30), marked, long, long)
	f.Mark = &conformance.Mark{Line: 30, From: 2051, To: 2073}
	for width, most := range map[int]int{80: screen, 120: screen, 40: 2 * screen} {
		c := NewConsole(io.Discard, Options{Width: width, Again: func(one conformance.CaseResult) string { return Again(r, one) }})
		block := strings.Join(c.block(group{[]conformance.CaseResult{one}}), "\n")
		if n := strings.Count(block, "\n") + 1; n > most {
			t.Errorf("%d lines in %d columns:\n%s", n, width, block)
		}
		if !strings.Contains(block, "^^^") || !strings.Contains(block, "frobnicate") {
			t.Errorf("the marked place is cut away:\n%s", block)
		}
	}
}

func TestManyFailuresDoNotFillScreens(t *testing.T) {
	t.Parallel()
	r := result()
	one := r.Cases[0]
	r.Cases = nil
	for _, q := range spec.All()[:40] {
		c, f := one, *one.Failure
		f.Requirement, f.Path = q.ID, string(q.ID)
		c.Failure, c.Case = &f, string(q.ID)+"/x"
		r.Cases = append(r.Cases, c)
	}
	got := printed(r, Options{})
	if n := strings.Count(got, "\nFAIL "); n != maxBlocks || !strings.Contains(got, "28 more FAIL") {
		t.Errorf("%d blocks, want %d and a word on the rest:\n%s", n, maxBlocks, got)
	}
	if all := printed(r, Options{Verbose: true}); strings.Count(all, "\nFAIL ") != 40 {
		t.Error("-v does not print them all")
	}
}

func TestTrouble(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err   error
		exit  int
		lines int
	}{
		"unreachable": {&conformance.UnreachableError{URL: "ws://x", Err: errors.New("refused"), Hint: "is it running?"}, 3, 4},
		"usage":       {&conformance.UsageError{Err: errors.New("no such case")}, 2, 1},
		"another":     {conformance.ErrRanBefore, 4, 1},
	} {
		var b strings.Builder
		if exit := Trouble(&b, tc.err); exit != tc.exit || strings.Count(b.String(), "\n") != tc.lines {
			t.Errorf("%s: exit %d, want %d:\n%s", name, exit, tc.exit, b.String())
		}
	}
}
