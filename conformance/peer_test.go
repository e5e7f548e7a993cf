// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// ask is the shortest case: one request, no verdict of its own.
func ask(ctx context.Context, p *Peer) { p.Do(ctx, "queue_get", M{"queue_name": "q"}) }

func TestEachBrokenReplyCitesItsOwnRequirement(t *testing.T) {
	t.Parallel()
	good := shelf()
	// only spoils the first message of each connection: what the judge asks
	// afterwards is answered well.
	only := func(spoil func(m *incoming)) func(m *incoming) {
		return func(m *incoming) {
			if m.n > 1 {
				good(m)
				return
			}
			spoil(m)
		}
	}
	spoilt := func(change func(reply M)) func(m *incoming) {
		return only(func(m *incoming) {
			reply := m.reply(200, M{})
			change(reply)
			m.send(m.kind, reply)
		})
	}
	for name, tc := range map[string]struct {
		script  func(m *incoming)
		rule    spec.ID
		symptom Symptom
		path    string
	}{
		"no reply":     {only(func(*incoming) {}), ruleOneReply, NoReply, "reply"},
		"double reply": {only(func(m *incoming) { m.answer(200, M{}); m.answer(200, M{}) }), ruleOneReply, BadOrder, "messages to one request"},
		"a close frame": {
			only(func(m *incoming) { _ = m.ws.Close(1011, "") }),
			spec.CLM3, Closed, "reply",
		},
		"the end of TCP": {only(func(m *incoming) { _ = m.tcp.Close() }), spec.CLM3, Closed, "reply"},
		"a reset":        {only(func(m *incoming) { _ = m.tcp.SetLinger(0); _ = m.tcp.Close() }), spec.CLM3, Closed, "reply"},
		"the other kind": {only(func(m *incoming) { m.send(Text+Binary-m.kind, m.reply(200, M{})) }), ruleKind, BadShape, "reply"},
		"no value":       {only(func(m *incoming) { m.raw(m.kind, []byte("{\xc1")) }), ruleReadable, BadShape, "reply"},
		"trailing bytes": {only(func(m *incoming) {
			data, _ := write(m.kind.format(), m.reply(200, M{}))
			m.raw(m.kind, append(data, data...))
		}), ruleReadable, BadShape, "reply"},
		"no map":                   {only(func(m *incoming) { m.send(m.kind, L{1}) }), ruleEnvelope, BadShape, "request"},
		"no request":               {spoilt(func(r M) { delete(r, "request") }), ruleEnvelope, BadShape, "request"},
		"no body":                  {spoilt(func(r M) { delete(r, "body") }), ruleEnvelope, BadShape, "body"},
		"no status":                {spoilt(func(r M) { r["headers"] = M{} }), ruleEnvelope, BadShape, "headers.status"},
		"a float as status":        {spoilt(func(r M) { r["headers"] = M{"status": 200.0} }), ruleEnvelope, BadShape, "headers.status"},
		"a status of 42":           {spoilt(func(r M) { r["headers"] = M{"status": 42} }), ruleEnvelope, BadShape, "headers.status"},
		"another action":           {spoilt(func(r M) { r["request"].(M)["action"] = "x" }), ruleEcho, BadValue, "request.action"},
		"a field of the echo gone": {spoilt(func(r M) { r["request"].(M)["body"] = M{} }), ruleEcho, BadValue, "request.body.queue_name"},
		"a key too many":           {spoilt(func(r M) { r["request"].(M)["body"].(M)["x"] = 1 }), ruleEcho, BadValue, "request.body.x"},
		"no api":                   {spoilt(func(r M) { delete(r["request"].(M), "api") }), ruleAPI, BadValue, "request.api"},
		"an error without text":    {spoilt(func(r M) { r["headers"] = M{"status": 404} }), ruleErrorBody, BadShape, "body"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range Formats() {
				run := testRun
				if tc.symptom == NoReply {
					run = hasty
				}
				got := tryCase(t, run(t, serve(t, tc.script)), f, ask)
				if got.Failure == nil {
					t.Fatalf("%v: verdict %s %s, want a failure of %s", f, got.Verdict, got.Reason, tc.rule)
				}
				if got.Failure.Requirement != tc.rule || got.Failure.Symptom != tc.symptom || got.Failure.Path != tc.path {
					t.Errorf("%v: got %+v, want %s, %s at %s", f, *got.Failure, tc.rule, tc.symptom, tc.path)
				}
			}
		})
	}
}

func TestAGoodServerPasses(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, shelf()))
	for _, f := range Formats() {
		got := tryCase(t, r, f, func(ctx context.Context, p *Peer) {
			queue := p.NewQueue(ctx)
			p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.messages.total", 0)
			p.In("another").Do(ctx, "queue_get", M{"queue_name": queue}).WantError(404)
			p.As(p.NewClient()).Do(ctx, "queue_get", M{"queue_name": queue}, Header("X-Auth-Token", "secret"))
			p.Do(ctx, "queue_get", nil, NoKey("body"), NoHeader(headerClient), Key("more", L{1.0}))
			p.SendFragments(ctx, 3, "queue_get", M{"queue_name": queue})
			p.SendFrame(ctx, Text, []byte(`{"action": null, "headers": {}, "body": {}}`))
			p.Receive(ctx, (*p.awaited)[0]).WantStatus(200)
			p.Receive(ctx, (*p.awaited)[0]).WantStatus(404)
			p.WantAlive(ctx)
			p.Ping(ctx)
			p.Together(ctx, 4, func(ctx context.Context, _ int, p *Peer) { p.NewQueue(ctx) })
			p.Close(ctx, 1000, "")
			p.WantCloseFrame(ctx, 1000)
		})
		if got.Verdict != Pass {
			t.Errorf("%v: %s %s %+v", f, got.Verdict, got.Reason, got.Failure)
		}
	}
	if got, want := r.janitor.done(), (Leaks{Created: 10, Deleted: 10}); got.Created != want.Created || got.Deleted != want.Deleted || got.Leaked != 0 {
		t.Errorf("leaks %+v, want %+v", got, want)
	}
}

func TestClosedIsOnePredicate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(m *incoming)
		want Verdict
	}{
		"the status asked for": {func(m *incoming) { _ = m.ws.Close(1009, "") }, Pass},
		"another status":       {func(m *incoming) { _ = m.ws.Close(1000, "") }, Fail},
		"the end of TCP":       {func(m *incoming) { _ = m.tcp.Close() }, Pass},
		"a reset":              {func(m *incoming) { _ = m.tcp.SetLinger(0); _ = m.tcp.Close() }, Pass},
		"a reply, then closed": {func(m *incoming) { m.answer(400, M{"error": "x"}); _ = m.tcp.Close() }, Pass},
		"open":                 {func(m *incoming) { m.answer(400, M{"error": "x"}) }, Fail},
		"a broken frame":       {func(m *incoming) { _, _ = m.tcp.Write([]byte{0xf7, 0x00}) }, Fail},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := testRun
			if name == "open" {
				run = hasty
			}
			got := tryCase(t, run(t, serve(t, tc.end)), JSON, func(ctx context.Context, p *Peer) {
				p.SendFrame(ctx, Text, []byte("x"))
				p.WantClosed(ctx, 1009)
			})
			if got.Verdict != tc.want {
				t.Errorf("%s %+v, want %s", got.Verdict, got.Failure, tc.want)
			}
		})
	}
}

func TestAReplyOrAnEnd(t *testing.T) {
	t.Parallel()
	play := func(ctx context.Context, p *Peer) {
		if a := p.ReceiveOrClosed(ctx, p.SendFrame(ctx, Text, []byte("x")), 1007); a != nil {
			a.WantError()
		}
	}
	for name, tc := range map[string]struct {
		end  func(m *incoming)
		want Verdict
	}{
		"a reply":     {func(m *incoming) { m.answer(400, M{"error": "x"}) }, Pass},
		"closed":      {func(m *incoming) { _ = m.ws.Close(1007, "") }, Pass},
		"wrong reply": {func(m *incoming) { m.answer(200, M{}) }, Fail},
		"wrong end":   {func(m *incoming) { _ = m.ws.Close(1000, "") }, Fail},
		"neither":     {func(*incoming) {}, Fail},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := testRun
			if name == "neither" {
				run = hasty
			}
			if got := tryCase(t, run(t, serve(t, tc.end)), JSON, play); got.Verdict != tc.want {
				t.Errorf("%s %+v, want %s", got.Verdict, got.Failure, tc.want)
			}
		})
	}
}

func TestPipelinedRepliesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	play := func(ctx context.Context, p *Peer) {
		first := p.Send(ctx, "queue_get", M{"queue_name": "a"})
		second := p.Send(ctx, "queue_get", M{"queue_name": "b"})
		p.Receive(ctx, first)
		p.Receive(ctx, second)
	}
	if got := tryCase(t, testRun(t, serve(t, func(m *incoming) { m.answer(200, M{}) })), MsgPack, play); got.Verdict != Pass {
		t.Errorf("in order: %+v", got.Failure)
	}
	var held *incoming
	got := tryCase(t, testRun(t, serve(t, func(m *incoming) {
		if m.n == 1 {
			held = m
			return
		}
		m.answer(200, M{})
		if m.n == 2 {
			held.answer(200, M{})
		}
	})), MsgPack, play)
	if got.Broken() != ruleOrder || got.Failure.Symptom != BadOrder {
		t.Errorf("out of order: %s %+v, want %s", got.Verdict, got.Failure, ruleOrder)
	}
}

func TestHandshakes(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, shelf()))
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) {
		h := p.Handshake(ctx, Upgrade{Path: "/any?where", Header: map[string]string{"User-Agent": "test"}})
		h.WantStatus(101).WantNoHeader("Sec-WebSocket-Protocol")
		h.Peer.WantAlive(ctx)
		p.Handshake(ctx, Upgrade{Plain: true}).WantStatus(426)
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Sec-WebSocket-Key": ""}}).WantStatusBetween(400, 499)
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Sec-WebSocket-Version": "12"}}).
			WantStatusBetween(400, 499).WantHeader("Sec-WebSocket-Version", Matching("13"))
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Origin": "http://elsewhere.example"}}).WantStatus(403)
	})
	if got.Verdict != Pass {
		t.Errorf("%s %s %+v", got.Verdict, got.Reason, got.Failure)
	}
}

func TestABrokenCaseIsUntested(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, shelf()))
	for name, play := range map[string]func(ctx context.Context, p *Peer){
		"a panic":            func(context.Context, *Peer) { panic("oops") },
		"no value":           func(ctx context.Context, p *Peer) { p.Do(ctx, "queue_get", M{"queue_name": make(chan int)}) },
		"no such limit":      func(_ context.Context, p *Peer) { p.Limit("none") },
		"a project too many": func(_ context.Context, p *Peer) { p.NewProject() },
		"a panic in parallel": func(ctx context.Context, p *Peer) {
			p.Together(ctx, 2, func(context.Context, int, *Peer) { panic("oops") })
		},
	} {
		if got := tryCase(t, r, JSON, play); got.Verdict != Untested || got.Reason == "" {
			t.Errorf("%s: %s %q, want untested and why", name, got.Verdict, got.Reason)
		}
	}
}

func TestASetupThatFailsSaysSo(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, func(m *incoming) { m.answer(404, M{"error": "no"}) }))
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) { p.NewQueue(ctx) })
	if got.Verdict != Fail || !got.Failure.Setup {
		t.Errorf("%s %+v, want a failure in setup", got.Verdict, got.Failure)
	}
}

func TestASilentConnectionIsNotClosedByWaiting(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	got := tryCase(t, testRun(t, serve(t, func(m *incoming) {
		if m.n == 1 {
			<-release
		}
		m.answer(200, M{})
	})), JSON, func(ctx context.Context, p *Peer) {
		s := p.Send(ctx, "queue_get", M{"queue_name": "a"})
		if _, came := p.conn.next(ctx, 100*time.Millisecond); came {
			t.Error("a reply came too early")
		}
		close(release)
		p.Receive(ctx, s).WantStatus(200)
	})
	if got.Verdict != Pass {
		t.Errorf("%s %+v", got.Verdict, got.Failure)
	}
}

func TestWhatACaseMadeIsDeletedWhateverHappened(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(ctx context.Context, p *Peer){
		"a failure":         func(ctx context.Context, p *Peer) { p.Do(ctx, "queue_get", M{"queue_name": "x"}).WantStatus(201) },
		"a dead connection": func(_ context.Context, p *Peer) { _ = p.conn.link.(*live).ws.CloseNow() },
		"a panic":           func(context.Context, *Peer) { panic("oops") },
		"another project":   func(ctx context.Context, p *Peer) { p.In("other").NewQueue(ctx) },
		"by message_post":   func(ctx context.Context, p *Peer) { p.Do(ctx, "queue_create", M{"queue_name": "mine"}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := testRun(t, serve(t, shelf()))
			var journal strings.Builder
			r.janitor.log = &journal
			tryCase(t, r, JSON, func(ctx context.Context, p *Peer) {
				p.NewQueue(ctx)
				do(ctx, p)
			})
			got := r.janitor.done()
			if got.Created == 0 || got.Deleted != got.Created || got.Leaked != 0 {
				t.Errorf("%+v", got)
			}
			if n := strings.Count(journal.String(), "\n"); n < got.Created {
				t.Errorf("the journal has %d names, want %d at least", n, got.Created)
			}
		})
	}
}

func TestALeakIsCounted(t *testing.T) {
	t.Parallel()
	keep := shelf()
	r := testRun(t, serve(t, func(m *incoming) {
		if m.action() == "queue_delete" {
			m.answer(204, M{})
			return
		}
		keep(m)
	}))
	tryCase(t, r, JSON, func(ctx context.Context, p *Peer) { p.NewQueue(ctx) })
	if got := r.janitor.done(); got.Leaked != 1 || len(got.Names) != 1 || !strings.HasPrefix(got.Names[0], "zw-7f3a-clm-3-json/zw-7f3a-") {
		t.Errorf("%+v, want one leak by name", got)
	}
}

func TestNamesComeFromTheSeed(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, shelf()))
	names := func(f Format) (all []string) {
		tryCase(t, r, f, func(_ context.Context, p *Peer) {
			all = []string{p.Name(), p.Name(), p.Client(), p.NewClient(), p.Project()}
		})
		return all
	}
	first := names(JSON)
	if again := names(JSON); !slices.Equal(first, again) {
		t.Errorf("one seed gives %v, then %v", first, again)
	}
	if other := names(MsgPack); first[0] == other[0] {
		t.Errorf("both formats use %s", first[0])
	}
	for i, n := range first[:2] {
		if !strings.HasPrefix(n, "zw-7f3a-") || len(n) > 30 || slices.Index(first, n) != i {
			t.Errorf("name %q", n)
		}
	}
}

func TestTheTargetGoesAwayInTheMiddle(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, func(*incoming) {}))
	r.deadline = 10 * time.Millisecond
	tryCase(t, r, JSON, ask)
	if got := tryCase(t, r, JSON, ask); got.Verdict != Untested || !strings.Contains(got.Reason, "does not answer any more") {
		t.Errorf("%s %q, want untested after a silent case and a silent probe", got.Verdict, got.Reason)
	}
}

func TestATargetThatIsSilentInEachCaseIsGivenUp(t *testing.T) {
	t.Parallel()
	good := shelf()
	r := testRun(t, serve(t, func(m *incoming) {
		if lookup(m.value, "body.queue_name") != "q" { // what ask asks for
			good(m)
		}
	}))
	r.deadline = 200 * time.Millisecond
	r.known = &Baseline{Entries: []Known{{Case: "CLM-3/of-a-test", Format: "*", Symptom: NoReply}}}
	for range 11 {
		if got := tryCase(t, r, JSON, ask); got.Verdict != Fail {
			t.Fatalf("%s %q of a case that is known to get no reply", got.Verdict, got.Reason)
		}
	}
	r.known = nil
	for range 10 {
		tryCase(t, r, JSON, ask)
	}
	if got := tryCase(t, r, JSON, ask); got.Verdict != Untested || !strings.Contains(got.Reason, "in a row") {
		t.Errorf("%s %q, want untested after ten silent cases", got.Verdict, got.Reason)
	}
}
