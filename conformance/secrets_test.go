// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// leaky is a server that repeats credentials wherever it can: in the echo, in
// another spelling, as bytes and in the texts of its errors.
func leaky(m *incoming) {
	var texts []string
	for _, name := range []string{"X-Auth-Token", "URL-Signature"} {
		if v, ok := lookup(m.value, "headers."+name).(string); ok {
			texts = append(texts, v)
		}
	}
	said := strings.Join(texts, " and ")
	reply := m.reply(400, M{"error": "the token " + said + " is not good", said + "!": 1})
	if headers, ok := lookup(reply, "request.headers").(M); ok && headers != nil {
		headers["x-auth-token"] = said
		headers["Url-Signature"] = "another"
	}
	m.send(m.kind, reply)
}

func TestNoCredentialIsKeptAnywhere(t *testing.T) {
	t.Parallel()
	s := new(suite)
	credentials := []Option{Header("X-Auth-Token", "tok\"en-1234"), Header("URL-Signature", "sig-5678")}
	for slug, play := range map[string]func(ctx context.Context, p *Peer){
		"in-a-status": func(ctx context.Context, p *Peer) { p.Do(ctx, "queue_get", nil, credentials...).WantStatus(200) },
		"in-a-value":  func(ctx context.Context, p *Peer) { p.Do(ctx, "queue_get", nil, credentials...).Want("body", M{}) },
		"in-an-echo": func(ctx context.Context, p *Peer) {
			p.Do(ctx, "queue_get", nil, credentials...).Want("request.headers", M{})
		},
		"under-a-name": func(ctx context.Context, p *Peer) {
			p.Do(ctx, "queue_get", nil, credentials...).WantAbsent("request.headers.x-auth-token")
		},
		"in-no-json": func(ctx context.Context, p *Peer) {
			p.Do(ctx, "queue_get", nil, credentials...)
			p.DoFrame(ctx, Text, []byte(`{"action": "sig-5678", `)).WantStatus(200)
		},
		"in-a-handshake": func(ctx context.Context, p *Peer) {
			p.Handshake(ctx, Upgrade{Header: map[string]string{"X-Auth-Token": "tok\"en-1234"}}).WantStatus(200)
		},
	} {
		s.check("CLM-3", slug, play)
	}
	var journal bytes.Buffer // and then all else
	result, err := executeCases(t.Context(), s.cases, Options{
		Target: Target{URL: serve(t, leaky)}, Journal: &journal, KeepTranscripts: true,
	}, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	if result.Count(Fail) != len(result.Cases) {
		t.Errorf("%d of %d cases failed, want all", result.Count(Fail), len(result.Cases))
	}
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	journal.Write(text)
	for _, c := range result.Cases {
		journal.WriteString(c.String())
		for _, l := range c.Transcript {
			journal.Write(l.Message())
		}
	}
	all := journal.String()
	for _, secret := range []string{`tok"en`, `tok\"en`, `tok\\\"en`, "en-1234", "sig-5678", "another"} {
		if i := strings.Index(all, secret); i >= 0 {
			t.Errorf("%s stands in: %s", secret, all[max(0, i-200):min(len(all), i+60)])
		}
	}
	if !strings.Contains(all, redacted) {
		t.Error("nothing was redacted: the server did not repeat a credential")
	}
}
