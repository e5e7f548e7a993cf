// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// turns are the kinds of eight requests on each of two connections of a mixed case.
func turns(t *testing.T, seed string) (first, second []Kind) {
	t.Helper()
	var mu sync.Mutex
	var kinds []Kind
	keep := shelf()
	r := testRun(t, serve(t, func(m *incoming) {
		if m.action() == "queue_purge" { // the case's own: its peer asks nothing else of the kind
			mu.Lock()
			kinds = append(kinds, m.kind)
			mu.Unlock()
			m.answer(200, M{})
			return
		}
		keep(m)
	}))
	r.seed = seed
	got := tryCase(t, r, Mixed, func(ctx context.Context, p *Peer) {
		for _, q := range []*Peer{p, p.Another(ctx)} {
			for range 8 {
				want := q.Format()
				if data := q.Encode(M{}); (data[0] == '{') != (want == JSON) {
					t.Errorf("encoded % x, and it is the turn of %s", data, want)
				}
				q.Do(ctx, "queue_purge", M{"queue_name": "q"}).WantStatus(200)
			}
		}
	})
	if got.Verdict != Pass || len(kinds) != 16 {
		t.Fatalf("%s, %d requests", got.String(), len(kinds))
	}
	return kinds[:8], kinds[8:]
}

func TestAMixedCaseTakesTurnsAsTheSeedSays(t *testing.T) {
	t.Parallel()
	first, second := turns(t, "7F3A")
	again, _ := turns(t, "7F3A")
	if !slices.Equal(first, again) {
		t.Errorf("%v, then %v, of one seed", first, again)
	}
	differ := !slices.Equal(first, second)
	for _, seed := range []string{"1", "2", "3", "4"} {
		a, b := turns(t, seed)
		differ = differ || !slices.Equal(a, b)
		if a[0] == a[1] || b[0] == b[1] {
			t.Errorf("seed %s: %v, %v: the first two requests of a connection are of one kind", seed, a, b)
		}
	}
	if !differ {
		t.Error("each connection takes the same turns")
	}
}

func TestAReplyOfTheKindOfAnotherRequestIsFound(t *testing.T) {
	t.Parallel()
	var before Kind
	r := testRun(t, serve(t, func(m *incoming) {
		if m.n == 1 {
			before = m.kind
		}
		m.send(before, m.reply(200, M{}))
	}))
	got := tryCase(t, r, Mixed, func(ctx context.Context, p *Peer) {
		for range 2 {
			p.Do(ctx, "queue_purge", M{"queue_name": "q"}).WantStatus(200)
		}
	})
	if got.Verdict != Fail || got.Broken() != spec.FRM27 {
		t.Errorf("%s, want FRM-27 broken", got.String())
	}
}

func TestWhatIsRunMixed(t *testing.T) {
	t.Parallel()
	cases, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		mixed := slices.Contains(c.Rule.Formats, Mixed)
		if mixed && len(c.Rule.Formats) != len(RunFormats()) {
			t.Errorf("%s is run mixed, and not in each encoding", c.ID)
		}
	}
}
