// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Options are how a Console prints. The zero value is for a pipe: no bars, no
// colours, 80 columns.
type Options struct {
	// Version is the command's own.
	Version string
	// Terminal shows bars that fill as the run goes on.
	Terminal bool
	Color    bool
	// Width is the number of columns. Default 80.
	Width int
	// Verbose prints every failure with its whole transcript, the messages byte
	// for byte.
	Verbose bool
	// Clean is the command that removes what leaked, empty if there is none.
	Clean string
	// Again is the command that repeats one case. Default: the function Again.
	Again func(conformance.CaseResult) string
	// Save writes the reports beside, and names the files, for the last line. Default:
	// none are written.
	Save func(conformance.Result) (files []string, err error)
	// Now is the clock of the bars. Default time.Now.
	Now func() time.Time
}

// Console prints a run for people. It is a conformance.Reporter.
type Console struct {
	w io.Writer
	o Options

	mu    sync.Mutex
	plan  conformance.Plan
	began time.Time
	tally map[string]*tally // by chapter
	drawn int               // lines of bars on the terminal
	last  time.Time
	stop  chan struct{}
	done  sync.WaitGroup
}

// tally counts the cases of a chapter.
type tally struct {
	total, judged, waiting, known int
	by                            map[conformance.Verdict]int
}

// NewConsole prints on w.
func NewConsole(w io.Writer, o Options) *Console {
	if o.Width < 40 {
		o.Width = 80
	}
	o.Width = min(o.Width, 120)
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Console{w: w, o: o, tally: map[string]*tally{}, stop: make(chan struct{})}
}

// Began prints the head of the run.
func (c *Console) Began(p conformance.Plan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.plan, c.began = p, c.o.Now()
	waiting := 0
	for _, one := range p.Cases {
		t := c.chapter(one.Chapter)
		t.total++
		if one.Waiting {
			t.waiting++
			waiting++
		}
	}
	levels := map[spec.Level]int{}
	for _, r := range spec.All() {
		if r.Party == spec.Server {
			levels[r.Level]++
		}
	}
	c.printf("%s · zaqar-ws v2 (%d MUST · %d SHOULD · %d MAY) · seed %s\n",
		c.paint(bold, strings.TrimSpace("zaqarwire "+c.o.Version)),
		levels[spec.Must], levels[spec.Should], levels[spec.May], p.Seed)
	judged := strings.Join(p.Formats, " ") + " · " + strings.Join(c.chapters(), " ")
	c.printf("%s\n", flow(c.o.Width, "        ", "target  "+p.URL, judged, "rtt "+trip(p.RTT)))
	for _, line := range declared(p.Profile) {
		c.printf("        %s\n", wrap(line, "          ", c.o.Width-10))
	}
	c.printf("%s\n\n", flow(c.o.Width, "        ", "run     "+p.Prefix+"-*",
		dots(c.amount(len(p.Cases)-waiting, waiting), said(p.Shuffled, "shuffled"), said(p.Strict, "strict"))))
	if c.o.Terminal {
		c.draw()
		c.done.Go(c.tick)
	}
}

// declared says what the target was said to be, where that is not the usual.
func declared(p conformance.Profile) []string {
	var lines []string
	if name := p.Name; name != "" && name != "full" {
		lines = append(lines, "profile "+name)
	}
	if len(p.Without) > 0 {
		lines = append(lines, "without "+strings.Join(p.Without, ", "))
	}
	var limits []string
	for _, l := range schema.Model().Limits {
		if n, ok := p.Limits[l.Name]; ok && n != l.Default {
			limits = append(limits, fmt.Sprintf("%s %d", l.Name, n))
		}
	}
	if len(limits) > 0 {
		lines = append(lines, "limits "+strings.Join(limits, ", "))
	}
	return lines
}

func (c *Console) amount(fast, waiting int) string {
	switch {
	case waiting == 0:
		return plural(fast, "fast case")
	case c.plan.LastDue == 0:
		return plural(fast, "fast case") + " · " + plural(waiting, "waiting case") + " armed"
	default:
		return fmt.Sprintf("%s · %s armed, last due in %.0f s",
			plural(fast, "fast case"), plural(waiting, "waiting case"), c.plan.LastDue.Seconds())
	}
}

// Judged counts a verdict.
func (c *Console) Judged(r conformance.CaseResult) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.chapter(r.Chapter)
	t.judged++
	t.by[r.Verdict]++
	if r.Known != nil && r.Verdict == conformance.Fail {
		t.known++
	}
	if r.Waiting {
		t.waiting--
	}
	if c.o.Terminal && c.o.Now().Sub(c.last) > 60*time.Millisecond {
		c.draw()
	}
}

// Ended prints what was found; the verdict is the last paragraph.
func (c *Console) Ended(r conformance.Result) {
	close(c.stop)
	c.done.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.o.Again == nil {
		c.o.Again = func(one conformance.CaseResult) string { return Again(r, one) }
	}
	c.draw()
	c.printf("\n")
	c.failures(r)
	c.verdict(r)
}

// tick lets the rest of the waiting time be seen.
func (c *Console) tick() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-c.stop:
			return
		case <-ticker.C:
			c.mu.Lock()
			c.draw()
			c.mu.Unlock()
		}
	}
}

// draw prints a line for each chapter, on a terminal over those drawn before.
func (c *Console) draw() {
	c.last = c.o.Now()
	if c.drawn > 0 {
		c.printf("\x1b[%dA", c.drawn)
	}
	c.drawn = 0
	for i, chapter := range spec.Chapters() {
		t := c.tally[chapter.Name]
		if t == nil {
			continue
		}
		if c.o.Terminal {
			c.printf("\r\x1b[K")
			c.drawn++
		}
		c.printf("%s\n", c.fit(strings.TrimRight(c.line(i+1, chapter.Title, t), " ")))
	}
}

func (c *Console) line(number int, title string, t *tally) string {
	passed := t.by[conformance.Pass] + t.by[conformance.Warn]
	total := t.total - t.by[conformance.NA]
	left := ""
	if t.waiting > 0 {
		left = few(t.waiting, "waiting")
		if rest := c.plan.LastDue - c.o.Now().Sub(c.began); rest > 0 {
			left += fmt.Sprintf(", %.0f s", rest.Seconds())
		}
	}
	more := dots(
		c.paint(red, few(t.by[conformance.Fail]-t.known, "failed")), few(t.known, "failed as known"),
		c.paint(yellow, few(t.by[conformance.Warn], "warned")),
		few(t.by[conformance.Untested], "untested"), few(t.by[conformance.NA], "n/a"), left)
	count := fmt.Sprintf("%d/%d", passed, total)
	if c.o.Terminal {
		return fmt.Sprintf("  %d %-14s %s  %-8s %s", number, title, c.bar(t, passed, total), count, more)
	}
	return fmt.Sprintf("  %d %-14s %8s   %s", number, title, count, more)
}

// fit keeps a line to the width: that of the bars on one line of the terminal, or the next drawing
// would not be over this one. One that has to be cut loses its colours.
func (c *Console) fit(line string) string {
	if length(line) <= c.o.Width {
		return line
	}
	if !c.o.Terminal {
		return wrap(line, "        ", c.o.Width-8)
	}
	bare := []rune(colors.ReplaceAllString(line, ""))
	return string(bare[:c.o.Width-1]) + "…"
}

// bar is full only when everything passed.
func (c *Console) bar(t *tally, passed, total int) string {
	const cells = 20
	full := cells
	if total > 0 {
		full = passed * cells / total
	}
	color := green
	if t.by[conformance.Fail] > 0 {
		color = red
	}
	open := "·"
	if t.judged == t.total {
		open = "░"
	}
	return c.paint(color, strings.Repeat("█", full)) + c.paint(faint, strings.Repeat(open, cells-full))
}

// verdict is the last paragraph.
func (c *Console) verdict(r conformance.Result) {
	outcome, color := string(r.Outcome()), green
	switch r.Outcome() {
	case conformance.NotConformant, conformance.NotAsKnown:
		color = red
	case conformance.AsKnown:
		color = yellow
	case conformance.Incomplete:
		color = yellow
	case conformance.NoFailure:
		outcome += " in " + plural(r.Judged(), "selected case")
	case conformance.Conformant:
	}
	sums := sums(r)
	head := c.paint(color, c.paint(bold, outcome))
	if length(outcome)+len(sums)+12 > c.o.Width {
		c.printf("%s\n", head)
		head = wrap(sums, "", c.o.Width)
	} else {
		head += "   " + sums
	}
	c.printf("%s\n", spread(head, seconds(r.Took), c.o.Width))
	switch {
	case r.Stopped != "":
		c.printf("%s\n", wrap("the run ended early: "+printable(r.Stopped), "", c.o.Width))
	case r.Judged() == 0:
		c.printf("nothing was judged (-v says why)\n")
	}
	if r.Held != nil {
		c.printf("%s\n", wrap(held(r), "", c.o.Width))
	}
	c.printf("%s\n", wrap(c.books(r), "", c.o.Width))
	left, exit := "no report written", r.ExitCode()
	if c.o.Save != nil {
		files, err := c.o.Save(r)
		if err != nil {
			exit = conformance.ExitUsage // why is for whoever ends the process to say
		} else {
			left = "report  " + wrap(strings.Join(files, " "), "        ", c.o.Width-8)
		}
	}
	c.printf("%s\n", spread(left, fmt.Sprintf("exit %d", exit), c.o.Width))
}

// sums counts what is not as it should be.
func sums(r conformance.Result) string {
	ignored := "not followed"
	if r.Strict {
		ignored = "broken (strict)"
	}
	return fmt.Sprintf("%d MUST broken · %d SHOULD %s · %d untested · %d n/a",
		len(r.Broken(conformance.Fail)), len(r.Broken(conformance.Warn)), ignored,
		r.Count(conformance.Untested), r.Count(conformance.NA))
}

// held is a line on the failures that were expected.
func held(r conformance.Result) string {
	h := r.Held
	return dots("known  "+plural(r.Known(), "failure")+" as "+h.File+" says",
		few(len(h.Surprises), "not as it says"), few(h.Unused, "of its entries not selected"))
}

func (c *Console) books(r conformance.Result) string {
	judged, all := r.Covered()
	leaks := fmt.Sprintf("created %d, deleted %d, leaked %d", r.Leaks.Created, r.Leaks.Deleted, r.Leaks.Leaked)
	if r.Leaks.Leaked > 0 && c.o.Clean != "" {
		leaks += " (to be removed by " + c.o.Clean + ")"
	}
	if n := r.Leaks.LeftOnPurpose; n > 0 {
		leaks += fmt.Sprintf(", left on purpose %d", n)
	}
	return dots(fmt.Sprintf("covered %d/%d MUST", judged, all), leaks)
}

func (c *Console) chapter(name string) *tally {
	t := c.tally[name]
	if t == nil {
		t = &tally{by: map[conformance.Verdict]int{}}
		c.tally[name] = t
	}
	return t
}

// chapters are those of the run, in reading order.
func (c *Console) chapters() []string {
	var names []string
	for _, chapter := range spec.Chapters() {
		if c.tally[chapter.Name] != nil {
			names = append(names, chapter.Name)
		}
	}
	return names
}

func (c *Console) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(c.w, format, args...) // a closed stdout is nobody's verdict
}
