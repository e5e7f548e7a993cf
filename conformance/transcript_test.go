// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestTranscriptsShowNoCredentials(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, func(m *incoming) {
		reply := m.reply(200, M{"X-Auth-Token": "hunter2"})
		if echo := reply["request"].(M); echo != nil {
			echo["headers"].(M)["URL-Signature"] = "hunter2"
		}
		m.send(m.kind, reply)
	}))
	for _, f := range Formats() {
		got := tryCase(t, r, f, func(ctx context.Context, p *Peer) {
			p.Do(ctx, "queue_get", nil, Header("X-Auth-Token", "hunter2"), Header("URL-Signature", "hunter2"))
			p.SendFrame(ctx, Text, []byte(`{"X-Auth-Token": "hunter2", `))
			p.SendFrame(ctx, Binary, []byte("\xacX-Auth-Token\xa7hunter2"))
			p.Want("nothing", 1, 2)
		})
		if got.Failure == nil || got.Failure.Path != "nothing" {
			t.Fatalf("%s %s %+v", got.Verdict, got.Reason, got.Failure)
		}
		for _, l := range got.Transcript {
			if strings.Contains(l.Short, "hunter2") || strings.Contains(string(l.Data), "hunter2") {
				t.Errorf("%v: %+v", f, l)
			}
		}
	}
}

func TestTheEchoPrintsAsOneSignWhenItIsRight(t *testing.T) {
	t.Parallel()
	r := testRun(t, serve(t, func(m *incoming) {
		reply := m.reply(200, M{})
		if m.n == 2 {
			reply["request"].(M)["action"] = "other"
		}
		m.send(m.kind, reply)
	}))
	got := tryCase(t, r, MsgPack, func(ctx context.Context, p *Peer) {
		ask(ctx, p)
		ask(ctx, p)
	})
	var shorts []string
	for _, l := range got.Transcript {
		if l.Dir == Incoming || l.Dir == Outgoing {
			shorts = append(shorts, l.Short)
		}
	}
	want := []string{
		`{action: "queue_get", headers: {…}, body: {queue_name: "q"}}`,
		`{headers: {status: 200}, body: {}, request: (as sent)}`,
	}
	if len(shorts) != 4 || shorts[0] != want[0] || shorts[1] != want[1] || !strings.Contains(shorts[3], `request: {action: "other"`) {
		t.Errorf("got %q", shorts)
	}
}

func TestAnotherProjectStandsOutInATranscript(t *testing.T) {
	t.Parallel()
	got := tryCase(t, testRun(t, serve(t, shelf())), JSON, func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_get", M{"queue_name": "a"})
		p.In("elsewhere").Do(ctx, "queue_get", M{"queue_name": "b"})
		p.As("someone").Do(ctx, "queue_get", M{"queue_name": "c"})
		p.Do(ctx, "queue_get", M{"queue_name": "d"}).WantStatus(999)
	})
	for _, want := range []string{
		`{action: "queue_get", headers: {…}, body: {queue_name: "a"}}`,
		`{action: "queue_get", headers: {X-Project-ID: "elsewhere", …}, body: {queue_name: "b"}}`,
		`{action: "queue_get", headers: {Client-ID: "someone", …}, body: {queue_name: "c"}}`,
		`{action: "queue_get", headers: {…}, body: {queue_name: "d"}}`,
	} {
		if !slices.ContainsFunc(got.Transcript, func(l Line) bool { return l.Short == want }) {
			t.Errorf("no line of the transcript is %s", want)
		}
	}
}
