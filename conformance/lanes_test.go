// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// A case that waits for a case of another lane ends only if they run side by
// side; one that a case of its own lane would have to overlap with never may.
func TestLanesRunSideBySideAndEachInOrder(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	order, inside := map[string][]string{}, map[string]int{}
	met := map[Format]chan struct{}{JSON: make(chan struct{}), MsgPack: make(chan struct{})}
	s := new(suite)
	for _, slug := range []string{"c", "a", "b"} {
		s.checkWith(spec.CLM3, slug, Rule{Formats: Formats()}, func(ctx context.Context, p *Peer) {
			mu.Lock()
			order[p.Project()] = append(order[p.Project()], slug)
			inside[p.Project()]++
			if inside[p.Project()] > 1 {
				t.Errorf("two cases at once in %s", p.Project())
			}
			mu.Unlock()
			if slug == "c" {
				close(met[p.Format()])
				<-met[1-p.Format()]
			}
			ask(ctx, p)
			mu.Lock()
			inside[p.Project()]--
			mu.Unlock()
		})
	}
	rec := new(recorder)
	got, err := executeCases(t.Context(), s.cases, Options{Target: Target{URL: serve(t, shelf())}, Seed: "1", Jobs: 2}, rec, inOrder)
	if err != nil || got.Outcome() != Conformant {
		t.Fatalf("%s, %v", got.Outcome(), err)
	}
	for _, lane := range []string{"zw-1-clm-3-json", "zw-1-clm-3-msgpack"} {
		if want := []string{"c", "a", "b"}; !slices.Equal(order[lane], want) {
			t.Errorf("%s ran %v, want %v", lane, order[lane], want)
		}
	}
	for i, c := range rec.judged {
		if c.Case != rec.plan.Cases[i].Case || c.Format != rec.plan.Cases[i].Format {
			t.Errorf("verdict %d is of %s [%s], want the order of the plan", i, c.Case, c.Format)
		}
	}
}

func TestTheSeedDecidesTheOrderOfAShuffledRun(t *testing.T) {
	t.Parallel()
	cases, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	names := func(o Options) (all []string) {
		chosen, _, err := plan(cases, o)
		if err != nil {
			t.Fatal(err)
		}
		waiting := false
		for _, c := range chosen {
			if waiting && !c.Waiting {
				t.Fatalf("%s comes after a waiting case", c.name())
			}
			waiting = c.Waiting
			all = append(all, c.name())
		}
		return all
	}
	plain, one, again, other := names(Options{Seed: "1"}), names(Options{Seed: "1", Shuffle: true}),
		names(Options{Seed: "1", Shuffle: true}), names(Options{Seed: "2", Shuffle: true})
	if slices.Equal(plain, one) || slices.Equal(one, other) || !slices.Equal(one, again) {
		t.Error("the order is not what the seed alone decides")
	}
	if !slices.Equal(slices.Sorted(slices.Values(plain)), slices.Sorted(slices.Values(other))) {
		t.Error("a shuffled run leaves cases out")
	}
}

// Names of all cases must differ where all share the project that a run was given.
func TestNoTwoCasesUseOneName(t *testing.T) {
	t.Parallel()
	cases, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	chosen, _, err := plan(cases, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range 64 {
		r := &run{seed: strconv.Itoa(seed), prefix: "zw-" + strconv.Itoa(seed)}
		of := map[string]string{}
		for _, o := range chosen {
			name := r.scene(o).fresh()
			if other := of[name]; other != "" {
				t.Errorf("seed %d: %s and %s both use %s", seed, other, o.name(), name)
			}
			of[name] = o.name()
		}
	}
}
