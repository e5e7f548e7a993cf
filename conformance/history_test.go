// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/spec"
)

// during is an op of a hand-made history, in milliseconds.
func during(client int, call, ret int64, t told) op {
	t.act.client = client
	return op{client: client, conn: client, act: t.act, reply: t.reply, call: time.Duration(call) * time.Millisecond, ret: time.Duration(ret) * time.Millisecond}
}

func nothing(client int, call, ret int64) op {
	return during(client, call, ret, told{act{action: "claim_create", limit: 3}, reply{status: 204}})
}

// preloaded is a queue with messages.
func preloaded(ids ...string) *queue {
	q, _ := new(queue).step(posted(ids...).act, posted(ids...).reply)
	return q
}

func TestConcurrentHistoriesAreJudged(t *testing.T) {
	t.Parallel()
	release := func(claim string) told { return onto("claim_delete", claim, 204) }
	for name, tc := range map[string]struct {
		ops  []op
		want spec.ID // empty if some order explains it
		left int     // ops of what comes back
	}{
		"claims one after another":          {[]op{during(1, 0, 9, took("x", 1, "a")), during(2, 0, 9, took("y", 2, "b", "c"))}, "", 0},
		"the later request first":           {[]op{during(1, 0, 9, took("x", 1, "b")), during(2, 5, 8, took("y", 1, "a"))}, "", 0},
		"a release in between":              {[]op{during(1, 0, 3, took("x", 1, "a")), during(1, 4, 9, release("x")), during(2, 5, 8, took("y", 1, "a"))}, "", 0},
		"a post while others look":          {[]op{during(1, 0, 9, posted("d")), during(2, 0, 9, popped(4, "a", "b", "c")), during(3, 0, 9, popped(4, "d"))}, "", 0},
		"nothing is free for a moment":      {[]op{during(1, 0, 9, took("x", 3, "a", "b", "c")), during(1, 10, 19, release("x")), nothing(2, 11, 30)}, "", 0},
		"two leases at once":                {[]op{during(1, 0, 9, took("x", 1, "a")), during(2, 5, 8, took("y", 1, "a")), during(3, 0, 9, took("z", 1, "b"))}, spec.CLM8, 2},
		"a lease after the other's":         {[]op{during(1, 0, 3, took("x", 1, "a")), during(2, 5, 8, took("y", 1, "a")), during(1, 9, 12, release("x"))}, spec.CLM8, 3},
		"a message popped twice":            {[]op{during(1, 0, 9, popped(1, "a")), during(2, 0, 9, popped(1, "a"))}, spec.MSG52, 2},
		"leased and popped":                 {[]op{during(1, 0, 9, took("x", 1, "a")), during(2, 0, 9, popped(1, "a"))}, spec.MSG52, 2},
		"passed over":                       {[]op{during(1, 0, 2, took("x", 1, "b")), during(2, 5, 8, took("y", 1, "a"))}, spec.CLM2, 2},
		"out of order":                      {[]op{during(1, 0, 9, popped(2, "b", "a"))}, spec.MSG52, 1},
		"deleted and then got":              {[]op{during(1, 0, 2, deleted("a", "", 204)), during(2, 5, 8, popped(1, "a"))}, spec.MSG42, 2},
		"lost":                              {[]op{during(1, 0, 2, popped(2, "a", "b")), during(crowd, 5, 8, popped(20))}, spec.MSG52, 1},
		"nothing free though nobody has it": {[]op{nothing(1, 0, 3), during(2, 5, 8, took("x", 3, "a", "b", "c"))}, spec.CLM2, 2},
	} {
		q, ops, found := suspect(preloaded("a", "b", "c"), tc.ops)
		switch {
		case tc.want == "" && found != ordered:
			t.Errorf("%s: %v\n%s", name, found, strings.Join(drawing(q, ops), "\n"))
		case tc.want == "":
		case found != impossible:
			t.Errorf("%s was explained", name)
		default:
			if got := accuse(q, ops).rule; got != tc.want || len(ops) != tc.left {
				t.Errorf("%s breaks %s in %d requests, want %s in %d\n%s", name, got, len(ops), tc.want, tc.left, strings.Join(drawing(q, ops), "\n"))
			}
		}
	}
}

func TestDrawing(t *testing.T) {
	t.Parallel()
	ops := []op{
		during(12, 100, 140, took("c12", 1, "m3")),
		during(40, 120, 180, took("c40", 3, "m3", "m4", "m5 with a long name", "m6 with a long name")),
		during(12, 150, 200, deleted("m3", "c12", 204)),
		during(crowd, 300, 301, popped(20)),
	}
	got := strings.Join(drawing(preloaded("m3", "m4"), ops), "\n")
	want := strings.TrimPrefix(`
              time, by events          100.00 ms to 301.00 ms
client 12     ├───┤                    claims: m3 in c12
client 40       ├─────┤                claims: m3 m4 m5 with a long name…
client 12           ├───┤              deletes m3 by c12: 204
the last look             ├─┤          pops: nothing
m3 in c12         ███
m3 in c40             ███████
m4 in c40             ███████
m5 with a lo…         ███████
m6 with a lo…         ███████`, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A line that was cut out of a transcript takes nothing of what comes in its place,
// and one that moved says what it said.
func TestALineSaysWhatItSaidWhereverItStands(t *testing.T) {
	t.Parallel()
	s := &scene{run: &run{}}
	late := func(text string) {
		s.lazy(Line{Dir: Outgoing}, func(l Line) Line { l.Short = text; return l })
	}
	late("cut")
	late("moved")
	s.put(s.cut(0)[1:])
	s.line(Line{Dir: Remark, Short: "a note"})
	late("new")
	var got []string
	for _, l := range s.transcript() {
		got = append(got, l.Short)
	}
	if want := []string{"moved", "a note", "new"}; !slices.Equal(got, want) {
		t.Errorf("the transcript is %q, want %q", got, want)
	}
}

// judged plays a case of the catalogue against a server, once for each seed.
func judged(t *testing.T, o refserver.Options, id string, seeds ...string) []CaseResult {
	t.Helper()
	server, err := refserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	var all []CaseResult
	for _, seed := range seeds {
		got, err := executeCases(t.Context(), Cases(), Options{
			Target: Target{URL: "ws" + strings.TrimPrefix(front.URL, "http")},
			Seed:   seed, Cases: []string{id}, Formats: []Format{MsgPack},
		}, silent{}, inOrder)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, got.Cases...)
	}
	return all
}

func faulty(t *testing.T, name string) refserver.Options {
	t.Helper()
	m, ok := mutants.Named(name)
	if !ok {
		t.Fatalf("there is no mutant %s", name)
	}
	return refserver.Options{WrapStore: m.Store, WrapAPI: m.API}
}

func TestTheReferenceServerIsAsTheModelSays(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	for _, id := range []string{
		"MSG-23/random-histories", "CLM-8/random-histories", "MSG-45/random-histories", "QUE-29/random-histories",
		"MSG-49/random-histories", "CLM-8/sixty-four-clients", "MSG-52/sixty-four-clients",
	} {
		for _, c := range judged(t, refserver.Options{}, id, "1", "2", "3", "4", "5", "6", "7", "8") {
			if c.Verdict != Pass {
				t.Error(c)
			}
		}
	}
}

func TestAFailingHistoryIsShortAndComesAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	all := judged(t, faulty(t, "claim-steals-live-lease"), "CLM-8/random-histories", "8", "B", "8", "B")
	for i, c := range all {
		asked := 0
		for _, l := range c.Transcript {
			if l.Dir == Outgoing {
				asked++
			}
		}
		if c.Verdict != Fail || asked > 10 {
			t.Errorf("%d requests: %s", asked, c)
		}
		if again := all[(i+2)%4]; c.Failure != nil && again.Failure != nil && c.Failure.Expected != again.Failure.Expected {
			t.Errorf("the same seed brought %q and %q", c.Failure.Expected, again.Failure.Expected)
		}
	}
}

func TestARaceIsFoundAndDrawn(t *testing.T) {
	t.Parallel()
	for _, c := range judged(t, faulty(t, "claim-races"), "CLM-8/sixty-four-clients", "1", "2", "3") {
		if c.Broken() == spec.CLM8 && len(c.Failure.Drawing) > 2 {
			return
		}
	}
	t.Error("three runs did not find it")
}

func TestARememberedHistoryIsPlayedFirst(t *testing.T) {
	t.Parallel()
	server, err := refserver.New(faulty(t, "claim-steals-live-lease"))
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	const id = "CLM-8/random-histories"
	got, err := executeCases(t.Context(), Cases(), Options{
		Target: Target{URL: "ws" + strings.TrimPrefix(front.URL, "http")},
		Seed:   "ABCD", Remembered: map[string]string{id: "B"}, Cases: []string{id}, Formats: []Format{JSON},
	}, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	if f := got.Cases[0].Failure; f == nil || f.Seed != "B" {
		t.Errorf("%+v", got.Cases[0])
	}
	if want := map[string]string{id: "B"}; !reflect.DeepEqual(got.Remembered(), want) {
		t.Errorf("%v is remembered, want %v", got.Remembered(), want)
	}
}
