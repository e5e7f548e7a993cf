// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// news is a good notification of a queue.
func news(queue string, body any) M {
	return M{"Message_Type": "Notification", "queue_name": queue, "ttl": 60, "body": body}
}

// telling is a server that subscribes whoever asks, and sends what tell says after its
// reply to each message_post, or before it if early says so.
func telling(early bool, tell func(m *incoming, queue string)) func(m *incoming) {
	rest := shelf()
	return func(m *incoming) {
		queue, _ := lookup(m.value, "body.queue_name").(string)
		switch m.action() {
		case "subscription_create":
			m.answer(201, M{"subscription_id": "s"})
		case "message_post":
			if early {
				tell(m, queue)
			}
			m.answer(201, M{"message_ids": L{"1"}})
			if !early {
				tell(m, queue)
			}
		default:
			rest(m)
		}
	}
}

// notifiedRun is a run against a scripted server, with the published schemas.
func notifiedRun(t *testing.T, url string) *run {
	t.Helper()
	r := testRun(t, url)
	compiled, err := newShapes(schema.JSONSchemas(), schema.Model())
	if err != nil {
		t.Fatal(err)
	}
	r.shapes, r.limits = compiled, defaultLimits()
	return r
}

// subscribed is a case that subscribes, posts, and then judges.
func subscribed(judge func(ctx context.Context, p *Peer)) func(ctx context.Context, p *Peer) {
	return func(ctx context.Context, p *Peer) {
		queue := p.Name()
		subscribe(ctx, p, queue, nil).WantStatus(201)
		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": 1}}}).WantStatus(201)
		judge(ctx, p)
	}
}

func one1(ctx context.Context, p *Peer) { p.Notified(ctx).Want("body", 1) }

func TestABrokenNotificationCitesItsOwnRequirement(t *testing.T) {
	t.Parallel()
	changed := func(change func(n M)) func(m *incoming, queue string) {
		return func(m *incoming, queue string) {
			n := news(queue, 1)
			change(n)
			m.send(m.kind, n)
		}
	}
	for name, tc := range map[string]struct {
		tell func(m *incoming, queue string)
		rule spec.ID
		path string
	}{
		"none":               {func(*incoming, string) {}, spec.CLM3, "notification"},
		"the end":            {func(m *incoming, _ string) { _ = m.tcp.Close() }, spec.CLM3, "notification"},
		"the other kind":     {func(m *incoming, q string) { m.send(Text+Binary-m.kind, news(q, 1)) }, spec.SUB43, "notification"},
		"another body":       {changed(func(n M) { n["body"] = 2 }), spec.CLM3, "body"},
		"no body":            {changed(func(n M) { delete(n, "body") }), spec.SUB41, "body"},
		"no type":            {changed(func(n M) { delete(n, "Message_Type") }), spec.SUB41, "Message_Type"},
		"a ttl that is text": {changed(func(n M) { n["ttl"] = "60" }), spec.SUB41, "ttl"},
		"headers":            {changed(func(n M) { n["headers"] = M{"status": 200} }), spec.SUB41, "headers"},
		"another queue":      {changed(func(n M) { n["queue_name"] = "other" }), spec.CLM3, "queue_name"},
		"no value":           {func(m *incoming, _ string) { m.raw(m.kind, []byte("{\xc1")) }, ruleOneReply, ""},
		"a reply":            {func(m *incoming, _ string) { m.answer(200, M{}) }, ruleOneReply, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range Formats() {
				r := notifiedRun(t, serve(t, telling(false, tc.tell)))
				r.deadline = 2 * time.Second
				got := tryCase(t, r, f, subscribed(one1))
				switch {
				case got.Failure == nil:
					t.Errorf("%v: %s %s, want a failure of %s", f, got.Verdict, got.Reason, tc.rule)
				case got.Failure.Requirement != tc.rule || tc.path != "" && got.Failure.Path != tc.path:
					t.Errorf("%v: %s at %s, want %s at %s", f, got.Failure.Requirement, got.Failure.Path, tc.rule, tc.path)
				}
			}
		})
	}
}

func TestNotificationsAreTakenWheneverTheyCome(t *testing.T) {
	t.Parallel()
	unknown := M{"Message_Type": "OfNoTypeThatThereIs", "Message": "?"}
	ended := M{"Message_Type": "SubscriptionEnded", "queue_name": "", "subscription_id": "s", "reason": "expired"}
	for _, early := range []bool{true, false} {
		for _, f := range Formats() {
			r := notifiedRun(t, serve(t, telling(early, func(m *incoming, queue string) {
				m.send(m.kind, unknown)
				m.send(m.kind, news(queue, 1))
				m.send(m.kind, setting(ended, "queue_name", queue))
				m.send(m.kind, news(queue, 2))
			})))
			r.keep = true
			play := subscribed(func(ctx context.Context, p *Peer) {
				p.Want("bodies", p.NotifiedOf(ctx, 2), L{1, 2})
				p.Ended(ctx).Want("reason", "expired")
				p.NotNotified(ctx)
				p.WantAlive(ctx)
			})
			got := tryCase(t, r, f, play)
			if got.Verdict != Pass {
				t.Fatalf("early %v, %v: %s %s %+v", early, f, got.Verdict, got.Reason, got.Failure)
			}
			again := playedBack(t, r, f, got, play)
			if again.Verdict != Pass {
				t.Errorf("played back, early %v, %v: %s %s %+v", early, f, again.Verdict, again.Reason, again.Failure)
			}
		}
	}
}

// playedBack judges a case's transcript again.
func playedBack(t *testing.T, r *run, f Format, saved CaseResult, play func(ctx context.Context, p *Peer)) CaseResult {
	t.Helper()
	s := new(suite)
	s.check("CLM-3", "of-a-test", play)
	return r.replay(t.Context(), saved, one{s.cases[0], f}, true)
}

func TestANotificationTooManyIsFound(t *testing.T) {
	t.Parallel()
	for name, tell := range map[string]func(m *incoming, queue string){
		"at once": func(m *incoming, queue string) { m.send(m.kind, news(queue, 1)); m.send(m.kind, news(queue, 1)) },
		"a moment later": func(m *incoming, queue string) {
			m.send(m.kind, news(queue, 1))
			time.AfterFunc(30*time.Millisecond, func() { m.send(m.kind, news(queue, 1)) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := notifiedRun(t, serve(t, telling(false, tell)))
			got := tryCase(t, r, JSON, subscribed(func(ctx context.Context, p *Peer) {
				one1(ctx, p)
				p.NotNotified(ctx)
			}))
			if got.Failure == nil || !strings.Contains(got.Failure.Expected, "no notification") {
				t.Errorf("%s %s %+v, want one notification too many", got.Verdict, got.Reason, got.Failure)
			}
		})
	}
}

func TestANotificationWithoutASubscriptionIsFound(t *testing.T) {
	t.Parallel()
	r := notifiedRun(t, serve(t, telling(false, func(m *incoming, queue string) { m.send(m.kind, news(queue, 1)) })))
	got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) {
		p.Do(ctx, "message_post", M{"queue_name": p.Name(), "messages": L{M{"body": 1}}}).WantStatus(201)
		p.WantAlive(ctx)
	})
	if got.Failure == nil || got.Failure.Requirement != spec.SUB13 {
		t.Errorf("%s %s %+v, want a failure of SUB-13", got.Verdict, got.Reason, got.Failure)
	}
}

// A target of several servers may need a moment to end what a closed connection had.
func TestUntilWaitsForWhatTakesTime(t *testing.T) {
	t.Parallel()
	var first atomic.Int64
	r := testRun(t, serve(t, func(m *incoming) {
		now := time.Now().UnixNano()
		if first.CompareAndSwap(0, now); now-first.Load() < int64(400*time.Millisecond) {
			m.answer(200, M{"left": 2})
			return
		}
		m.answer(200, M{"left": 1})
	}))
	r.keep = true
	play := func(ctx context.Context, p *Peer) {
		p.Until(ctx, func() *Answer { return p.Do(ctx, "subscription_list", nil) }, "body.left", 1)
		p.Abandon()
	}
	got := tryCase(t, r, JSON, play)
	if got.Verdict != Pass {
		t.Fatalf("%s %s %+v, want PASS", got.Verdict, got.Reason, got.Failure)
	}
	if again := playedBack(t, r, JSON, got, play); again.Verdict != Pass {
		t.Errorf("played back: %s %s %+v, want PASS", again.Verdict, again.Reason, again.Failure)
	}
}
