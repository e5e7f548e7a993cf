// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// recorder is a Reporter that keeps what it is told.
type recorder struct {
	plan   Plan
	judged []CaseResult
	result *Result
}

func (r *recorder) Began(p Plan)        { r.plan = p }
func (r *recorder) Judged(c CaseResult) { r.judged = append(r.judged, c) }
func (r *recorder) Ended(result Result) { r.result = &result }

// pair is a catalogue of one case that passes and one that does as the test says.
func pair(play func(ctx context.Context, p *Peer)) []Case {
	s := new(suite)
	s.check(spec.CLM1, "good", ask)
	s.check(spec.CLM3, "bad", play)
	return s.cases
}

// inOrder drives the cases without Ginkgo.
func inOrder(ctx context.Context, cases []one, judge func(context.Context, one) CaseResult) {
	for _, o := range cases {
		judge(ctx, o)
	}
}

func TestAShouldThatIsBrokenWarns(t *testing.T) {
	t.Parallel()
	s := new(suite)
	s.check(spec.CLM4, "a-should", func(_ context.Context, p *Peer) { p.Want("one", 1, 2) })
	got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: serve(t, shelf())}}, silent{}, inOrder)
	if err != nil || got.Outcome() != Conformant || got.Count(Warn) != 3 || len(got.Broken(Warn)) != 1 {
		t.Errorf("%s, %d warned, %v", got.Outcome(), got.Count(Warn), err)
	}
}

func TestSelections(t *testing.T) {
	t.Parallel()
	s := new(suite)
	nothing := func(context.Context, *Peer) {}
	s.check(spec.CLM1, "one", nothing)
	s.check(spec.CLM10, "ten", nothing)
	s.checkWith(spec.FRM43, "json-only", Rule{Formats: []Format{JSON}, Labels: []string{Security}}, nothing)
	s.wait(spec.CLM10, "waiting", func(context.Context, *Peer) []Step { return nil })
	for name, tc := range map[string]struct {
		o    Options
		want string
	}{
		"everything":    {Options{}, "CLM-1/one json,CLM-1/one msgpack,CLM-1/one mixed,CLM-10/ten json,CLM-10/ten msgpack,CLM-10/ten mixed,FRM-43/json-only json,CLM-10/waiting json,CLM-10/waiting msgpack,CLM-10/waiting mixed"},
		"fast":          {Options{Fast: true, Formats: []Format{JSON}}, "CLM-1/one json,CLM-10/ten json,FRM-43/json-only json"},
		"a requirement": {Options{Cases: []string{"CLM-1"}}, "CLM-1/one json,CLM-1/one msgpack,CLM-1/one mixed"},
		"mixed":         {Options{Cases: []string{"CLM-1", "FRM"}, Formats: []Format{Mixed}}, "CLM-1/one mixed"},
		"a label":       {Options{Labels: []string{"frames", "waiting"}, Formats: []Format{JSON}}, "FRM-43/json-only json,CLM-10/waiting json"},
		"its own label": {Options{Labels: []string{Security}}, "FRM-43/json-only json"},
		"a case":        {Options{Cases: []string{"CLM-10/waiting"}, Formats: []Format{MsgPack}}, "CLM-10/waiting msgpack"},
		"a begin":       {Options{Cases: []string{"CLM-10/t"}, Formats: []Format{JSON}}, "CLM-10/ten json"},
		"a prefix":      {Options{Cases: []string{"FRM"}}, "FRM-43/json-only json"},
		"a chapter":     {Options{Cases: []string{"frames", "CLM-1"}, Formats: []Format{JSON}}, "CLM-1/one json,FRM-43/json-only json"},
	} {
		chosen, partial, err := plan(s.cases, tc.o)
		var got []string
		for _, o := range chosen {
			got = append(got, o.ID+" "+o.format.String())
		}
		if err != nil || strings.Join(got, ",") != tc.want || partial != (name != "everything") {
			t.Errorf("%s: %s (partial %v, %v), want %s", name, strings.Join(got, ","), partial, err, tc.want)
		}
	}
}

func TestRegistrationFindsFaults(t *testing.T) {
	t.Parallel()
	s := new(suite)
	nothing := func(context.Context, *Peer) {}
	s.check("CLM-999", "unknown", nothing)
	s.check(spec.CLM1, "Not kebab", nothing)
	s.check(spec.CLM1, "twice", nothing)
	s.check(spec.CLM1, "twice", nothing)
	if len(s.faults) != 3 {
		t.Errorf("%d faults, want 3: %v", len(s.faults), errors.Join(s.faults...))
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	cases, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != len(Cases()) {
		t.Errorf("Cases returns %d of %d", len(Cases()), len(cases))
	}
	if missing := Uncovered(); len(missing) > 0 {
		t.Errorf("MUSTs of a server without a case: %v", missing)
	}
}

func TestWhatCannotBeJudged(t *testing.T) {
	t.Parallel()
	page := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(page.Close)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	ws := func(s *httptest.Server) string { return "ws" + strings.TrimPrefix(s.URL, "http") }
	for name, tc := range map[string]struct {
		o           Options
		unreachable bool
	}{
		"a dead port":     {Options{Target: Target{URL: ws(dead)}}, true},
		"no WebSocket":    {Options{Target: Target{URL: ws(page)}}, true},
		"no such host":    {Options{Target: Target{URL: "ws://none.invalid:1"}}, true},
		"HTTP":            {Options{Target: Target{URL: page.URL}}, false},
		"no host":         {Options{Target: Target{URL: "ws://"}}, false},
		"no URL":          {Options{}, false},
		"a broken URL":    {Options{Target: Target{URL: "ws://[::1"}}, false},
		"no such case":    {Options{Cases: []string{"CLM-999"}}, false},
		"no such limit":   {Options{Target: Target{Profile: Profile{Limits: map[string]int64{"none": 1}}}}, false},
		"no such label":   {Options{Labels: []string{"none"}}, false},
		"no such feature": {Options{Target: Target{Profile: Profile{Without: []string{"none"}}}}, false},
		"a min over max":  {Options{Target: Target{Profile: Profile{Limits: map[string]int64{"min_message_ttl": 9000}}}}, false},
		"no time":         {Options{Timeout: -1}, false},
		"a bad seed":      {Options{Seed: "xyz"}, false},
		"an empty choice": {Options{Cases: []string{"CLM-1"}, Formats: []Format{7}}, false},
	} {
		_, err := executeCases(t.Context(), pair(ask), tc.o, silent{}, inOrder)
		var unreachable *UnreachableError
		var usage *UsageError
		if errors.As(err, &unreachable) != tc.unreachable || errors.As(err, &usage) == tc.unreachable {
			t.Errorf("%s: %T %v", name, err, err)
		}
	}
}

// hourglass is a server that answers by the clock: 404 until the sand has run
// out, 200 from then on.
type hourglass struct {
	mu    sync.Mutex
	now   time.Duration
	moves []time.Duration
}

func (h *hourglass) advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now += d
	h.moves = append(h.moves, d)
}

func (h *hourglass) script(m *incoming) {
	h.mu.Lock()
	defer h.mu.Unlock()
	name, _ := lookup(m.value, "body.queue_name").(string)
	switch {
	case h.now < time.Minute && name != "early":
		m.answer(404, M{"error": "not yet"})
	default:
		m.answer(200, M{})
	}
}

// sand is a waiting case: nothing before a minute, something after it.
func sand(slug, name string, asked *[]string) func(s *suite) {
	return func(s *suite) {
		s.wait(spec.CLM10, slug, func(_ context.Context, p *Peer) []Step {
			step := func(at, until time.Duration, status int) Step {
				return Step{At: at, Until: until, Do: func(ctx context.Context) {
					*asked = append(*asked, slug+at.String())
					p.Do(ctx, "queue_get", M{"queue_name": name}).WantStatus(status)
				}}
			}
			return []Step{step(62*time.Second, 0, 200), step(50*time.Second, 59*time.Second, 404)}
		})
	}
}

func TestWaitingCasesShareOneWait(t *testing.T) {
	t.Parallel()
	glass, asked := new(hourglass), []string{}
	s := new(suite)
	for _, register := range []func(*suite){sand("first", "a", &asked), sand("second", "b", &asked), sand("early", "early", &asked)} {
		register(s)
	}
	s.check(spec.CLM3, "fast", ask)
	began := time.Now()
	o := Options{Target: Target{URL: serve(t, glass.script), Advance: glass.advance}, Formats: []Format{MsgPack}}
	got, err := executeCases(t.Context(), s.cases, o, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]Verdict{}
	for _, c := range got.Cases {
		verdicts[c.Case] = c.Verdict
	}
	if verdicts["CLM-10/first"] != Pass || verdicts["CLM-10/second"] != Pass || verdicts["CLM-10/early"] != Fail {
		t.Errorf("%v", verdicts)
	}
	if want := []string{"first50s", "second50s", "early50s", "first1m2s", "second1m2s"}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
	if glass.now > 63*time.Second || time.Since(began) > 5*time.Second {
		t.Errorf("the clock moved by %v in %v, want the longest wait", glass.now, time.Since(began))
	}
	if got.Cases[0].Case != "CLM-3/fast" {
		t.Errorf("%s came before the fast case", got.Cases[0].Case)
	}
}

func TestAStepThatIsLateProvesNothing(t *testing.T) {
	t.Parallel()
	var jump func(time.Duration)
	for name, tc := range map[string]struct {
		until time.Duration
		slow  time.Duration
		want  Verdict
	}{
		"in time":               {59 * time.Second, 0, Pass},
		"done too late":         {59 * time.Second, 20 * time.Second, Untested},
		"late is good enough":   {0, 20 * time.Second, Pass},
		"due after its own end": {10 * time.Second, 0, Untested},
	} {
		s := new(suite)
		s.wait(spec.CLM10, "waiting", func(_ context.Context, p *Peer) []Step {
			return []Step{{At: 50 * time.Second, Until: tc.until, Do: func(ctx context.Context) {
				ask(ctx, p)
				jump(tc.slow)
			}}}
		})
		r := testRun(t, serve(t, shelf()))
		r.target.Advance = func(time.Duration) {}
		chosen, _, err := plan(s.cases, Options{Formats: []Format{JSON}})
		if err != nil {
			t.Fatal(err)
		}
		r.waits = r.arm(t.Context(), chosen)
		jump = func(d time.Duration) { r.waits.moved += d }
		r.waits.start(t.Context())
		if got := r.waits.finish(t.Context(), chosen[0]); got.Verdict != tc.want {
			t.Errorf("%s: %s %s, want %s", name, got.Verdict, got.Reason, tc.want)
		}
	}
}

func TestACaseThatDoesNothingIsNoPass(t *testing.T) {
	t.Parallel()
	s := new(suite)
	s.check(spec.CLM3, "emptied", func(context.Context, *Peer) {})
	s.wait(spec.CLM10, "emptied", func(context.Context, *Peer) []Step { return nil })
	got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: serve(t, shelf())}}, silent{}, inOrder)
	if err != nil || got.Outcome() != Incomplete || got.Count(Untested) != len(got.Cases) {
		t.Errorf("%s %v %+v", got.Outcome(), err, got.Cases)
	}
}

func TestAWaitingCaseOutlivesItsConnection(t *testing.T) {
	t.Parallel()
	s := new(suite)
	s.wait(spec.CLM10, "waiting", func(ctx context.Context, p *Peer) []Step {
		ask(ctx, p)
		_ = p.conn.link.(*live).ws.CloseNow()
		return []Step{{At: 60 * time.Millisecond, Do: func(ctx context.Context) { ask(ctx, p) }}}
	})
	got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: serve(t, shelf())}}, silent{}, inOrder)
	if err != nil || got.Outcome() != Conformant {
		t.Errorf("%s %v %+v", got.Outcome(), err, got.Cases)
	}
}

func TestAnInterruptedRunCleansUp(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := new(suite)
	s.check(spec.CLM1, "made", func(ctx context.Context, p *Peer) {
		p.NewQueue(ctx)
		cancel()
		ask(ctx, p)
	})
	s.check(spec.CLM3, "never", ask)
	s.wait(spec.CLM10, "waiting", func(ctx context.Context, p *Peer) []Step {
		p.NewQueue(ctx)
		return []Step{{At: time.Hour, Do: func(ctx context.Context) { ask(ctx, p) }}}
	})
	rec := new(recorder)
	got, err := executeCases(ctx, s.cases, Options{Target: Target{URL: serve(t, shelf())}}, rec, inOrder)
	if err != nil || got.Outcome() != Incomplete || got.Stopped != "interrupted" || got.ExitCode() != ExitIncomplete {
		t.Errorf("%s %q %v", got.Outcome(), got.Stopped, err)
	}
	if len(got.Cases) != 9 || got.Leaks.Created < 4 || got.Leaks.Deleted != got.Leaks.Created {
		t.Errorf("%d cases, %+v", len(got.Cases), got.Leaks)
	}
}

func TestADriverThatIsInterruptedEndsTheRun(t *testing.T) {
	t.Parallel()
	s := new(suite)
	s.check(spec.CLM1, "held", func(ctx context.Context, p *Peer) {
		<-ctx.Done()
		ask(ctx, p)
	})
	s.wait(spec.CLM10, "waiting", func(_ context.Context, p *Peer) []Step {
		return []Step{{At: time.Hour, Do: func(ctx context.Context) { ask(ctx, p) }}}
	})
	interrupted := func(ctx context.Context, cases []one, judge func(context.Context, one) CaseResult) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		inOrder(ctx, cases, judge)
	}
	got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: serve(t, shelf())}}, silent{}, interrupted)
	if err != nil || got.Outcome() != Incomplete || len(got.Cases) != 6 {
		t.Errorf("%s, %d cases, %v", got.Outcome(), len(got.Cases), err)
	}
	for _, c := range got.Cases {
		if c.Verdict != Untested || c.Reason != "interrupted" {
			t.Errorf("%s: %s %q, want it interrupted", c.Case, c.Verdict, c.Reason)
		}
	}
}

func TestACaseWithItsOwnProjectIsNotApplicableInAGivenOne(t *testing.T) {
	t.Parallel()
	projects := make(chan string, 10)
	s := new(suite)
	s.checkWith(spec.FRM70, "apart", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
		if first := p.Project(); first == p.NewProject() {
			t.Errorf("%q twice", first)
		}
		p.Odd("a.b")
		ask(ctx, p)
	})
	s.check(spec.CLM3, "shared", func(ctx context.Context, p *Peer) {
		ask(ctx, p)
		projects <- p.Project()
	})
	url := serve(t, shelf())
	for project, want := range map[string]struct {
		na  int
		ran []string
	}{
		"":       {0, []string{"zw-1-clm-3-json", "zw-1-clm-3-mixed", "zw-1-clm-3-msgpack"}},
		"theirs": {2, []string{"theirs", "theirs", "theirs"}},
	} {
		got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: url, Project: project}, Seed: "1"}, silent{}, inOrder)
		if err != nil || got.Count(NA) != want.na || got.Outcome() != Conformant {
			t.Errorf("project %q: %d n/a, %s, %v", project, got.Count(NA), got.Outcome(), err)
		}
		if ran := []string{<-projects, <-projects, <-projects}; !slices.Equal(slices.Sorted(slices.Values(ran)), want.ran) {
			t.Errorf("project %q: cases ran in %q", project, ran)
		}
	}
}
