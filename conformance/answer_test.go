// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"testing"

	"github.com/onsi/gomega"
)

func TestWantFailsTheCaseWithWhatIsPermitted(t *testing.T) {
	t.Parallel()
	reply := M{"list": L{"b", "a"}, "n": 5, "f": 5.0, "null": nil, "maps": L{M{"id": "1"}, M{"id": "2"}}}
	r := testRun(t, serve(t, func(m *incoming) { m.answer(200, reply) }))
	for name, tc := range map[string]struct {
		play             func(a *Answer)
		symptom          Symptom
		expected, actual string
	}{
		"status":             {func(a *Answer) { a.WantStatus(201, 204, 404) }, "status=200", "headers.status = 201, 204 or 404", "headers.status = 200"},
		"a value":            {func(a *Answer) { a.Want("body.n", 6) }, BadValue, "body.n = 6", "body.n = 5"},
		"a float for an int": {func(a *Answer) { a.Want("body.f", 5) }, BadValue, "body.f = 5", "body.f = 5.0"},
		"nothing there":      {func(a *Answer) { a.Want("body.x.y", 6) }, BadShape, "body.x.y = 6", "body.x.y absent"},
		"order":              {func(a *Answer) { a.Want("body.list", []string{"a", "b"}) }, BadOrder, `body.list = ["a", "b"]`, `body.list = ["b", "a"]`},
		"each":               {func(a *Answer) { a.Want("body.maps[*].id", L{"1"}) }, BadValue, `body.maps[*].id = ["1"]`, `not wanted ["2"]: body.maps[*].id = ["1", "2"]`},
		"an index":           {func(a *Answer) { a.Want("body.maps[1].id", "1") }, BadValue, `body.maps[1].id = "1"`, `body.maps[1].id = "2"`},
		"between":            {func(a *Answer) { a.Want("body.n", Between(6, 7)) }, BadValue, "body.n = an integer from 6 to 7", "body.n = 5"},
		"gomega":             {func(a *Answer) { a.Want("body.n", gomega.BeNumerically(">", 6)) }, BadValue, "body.n = to be > 6", "body.n = 5"},
		"absent":             {func(a *Answer) { a.WantAbsent("body.null") }, BadShape, "body.null absent", "body.null = null"},
		"a string":           {func(a *Answer) { a.Text("body.n") }, BadShape, "body.n is a string", "body.n = 5"},
		"strings":            {func(a *Answer) { a.Strings("body.maps") }, BadShape, "body.maps is a list of strings", `body.maps = [{id: "1"}, {id: "2"}]`},
		"a refusal":          {func(a *Answer) { a.WantError() }, "status=200", "headers.status = 400", "headers.status = 200"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tryCase(t, r, JSON, func(ctx context.Context, p *Peer) { tc.play(p.Do(ctx, "queue_get", M{"queue_name": "q"})) })
			f := got.Failure
			if got.Verdict != Fail || f.Symptom != tc.symptom || f.Expected != tc.expected || f.Actual != tc.actual || f.Requirement != "CLM-3" {
				t.Errorf("got %s %+v", got.Verdict, f)
			}
		})
	}
}

func TestMatchers(t *testing.T) {
	t.Parallel()
	list := L{int64(1), int64(2)}
	for name, tc := range map[string]struct {
		value, want any
		ok          bool
	}{
		"one of":             {int64(2), OneOf(1, 2), true},
		"none of":            {2.0, OneOf(1, 2), false},
		"at least":           {int64(2), AtLeast(2), true},
		"less":               {int64(1), AtLeast(2), false},
		"at most":            {int64(3), AtMost(2), false},
		"a float is no int":  {1.0, AtLeast(0), false},
		"any string":         {"", AnyString(), false},
		"matching":           {"2026-01-01", Matching(`^\d{4}-`), true},
		"length":             {list, Length(2), true},
		"unordered":          {list, Unordered(2, 1), true},
		"unordered, one off": {list, Unordered(2, 2), false},
		"having":             {M{"a": int64(1), "b": "x"}, Having(M{"a": AtLeast(1)}), true},
		"having not":         {M{"b": "x"}, Having(M{"a": Not(2)}), false},
		"each":               {list, Each(AtLeast(1)), true},
		"not each":           {list, Each(AtLeast(2)), false},
		"not":                {"a", Not("b"), true},
		"null":               {nil, nil, true},
		"absent is not null": {absent, nil, false},
		"gomega on absent":   {absent, gomega.BeNil(), false},
	} {
		if ok, _ := matches(tc.value, tc.want); ok != tc.ok {
			t.Errorf("%s: matches(%v, %v) = %v, want %v", name, printed(tc.value), tc.want, ok, tc.ok)
		}
	}
}
