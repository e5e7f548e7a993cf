// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// pond is a server that makes pools and repeats what it was sent.
func pond(m *incoming) {
	switch m.action() {
	case "pool_create":
		m.answer(201, "created")
	case "pool_get":
		m.answer(404, M{"error": "gone"})
	default:
		m.answer(400, M{"error": "not with " + printed(m.value)})
	}
}

func TestThePasswordOfPoolsIsKeptNowhereAndATranscriptStillFits(t *testing.T) {
	t.Parallel()
	s := new(suite)
	s.check("POL-1", "made", func(ctx context.Context, p *Peer) { p.NewPool(ctx) })
	s.check("POL-1", "refused", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "pool_update", M{"pool_name": p.NewPool(ctx), "uri": p.poolURI("a")}).WantStatus(200)
	})
	s.check("POL-1", "repeated", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "pool_update", M{"pool_name": p.NewPool(ctx), "uri": p.poolURI("a")}).Want("body.error", "bad")
	})
	target := Target{URL: serve(t, pond), PoolURI: "mongodb://zaqar:s3cr3t@one:1,two:2/{name}?w=1"}
	result, err := executeCases(t.Context(), s.cases, Options{Target: target, KeepTranscripts: true}, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range result.Cases {
		for _, l := range c.Transcript {
			text = append(text, l.Message()...)
		}
	}
	all := string(text)
	if i := strings.Index(all, "s3cr3t"); i >= 0 {
		t.Errorf("the password stands in: %s", all[max(0, i-200):min(len(all), i+60)])
	}
	if want := "mongodb://zaqar:redacted@one:1,two:2/{name}?w=1"; result.PoolURI != want {
		t.Errorf("the result names %q, want %q", result.PoolURI, want)
	}
	again, err := replayCases(t.Context(), s.cases, result, Options{}, silent{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range again.Cases {
		if then := result.Cases[i]; c.Verdict != then.Verdict || c.Verdict == Untested {
			t.Errorf("%s [%s]: %s, again %s %s", c.Case, c.Format, then.Verdict, c.Verdict, c.Reason)
		}
	}
}
