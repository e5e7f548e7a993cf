// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/cmd/zaqarwire/docs"
	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

func TestListHoldsEveryRequirementAndEveryCase(t *testing.T) {
	t.Parallel()
	_, stdout, _ := command(t, "", "list")
	for _, r := range docs.Register() {
		if !strings.Contains(stdout, "\n"+string(r.ID)+" ") {
			t.Errorf("list lacks %s", r.ID)
		}
	}
	for _, c := range conformance.Cases() {
		if !strings.Contains(stdout, "- "+c.ID+"\n") && !strings.Contains(stdout, "- "+c.ID+"  [") {
			t.Errorf("list lacks %s", c.ID)
		}
	}

	if want := "- CLM-18/of-another-project  [isolation security]\n"; !strings.Contains(stdout, want) {
		t.Errorf("list lacks the labels %q", want)
	}

	flat := strings.Join(strings.Fields(stdout), " ")
	for id, why := range conformance.Unseen() {
		if !strings.Contains(flat, "not shown by a URL: "+why) {
			t.Errorf("list does not say that no URL shows %s", id)
		}
	}

	_, stdout, _ = command(t, "", "list", "--json")
	var all []entry
	if err := json.Unmarshal([]byte(stdout), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(docs.Register()) || all[0].Text == "" || all[0].Cases == nil {
		t.Errorf("list --json has %d entries, the first %+v, want %d whole ones", len(all), all[0], len(docs.Register()))
	}
}

func TestExplainTellsEverythingAboutARequirement(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"CLM-8", "clm-8", "CLM-8/behind-a-released-claim"} {
		_, stdout, _ := command(t, "", "explain", args)
		for _, want := range []string{
			"CLM-8 MUST server   spec/claims.md", "to a second claim while the first is alive.", "Source: F164",
			"Deviation: ", `In the section "The lease"`, "  CLM-9   A server MUST", "CLM-8/behind-a-released-claim   (json, msgpack, mixed)",
		} {
			if !strings.Contains(stdout, want) {
				t.Errorf("explain %s = %s\nwant %q in it", args, stdout, want)
			}
		}
	}
}

func TestExplainSaysWhyThereIsNoCase(t *testing.T) {
	t.Parallel()
	cases := docs.Cases()
	for _, r := range docs.Register() {
		_, stdout, _ := command(t, "", "explain", string(r.ID))
		if r.Level != spec.Retired && len(cases[r.ID]) == 0 && !strings.Contains(stdout, docs.WhyNoCase(r)) {
			t.Errorf("explain %s does not say why it has no case", r.ID)
		}
		for line := range strings.Lines(stdout) {
			if len([]rune(line)) > 101 && !strings.Contains(line, "|") && !strings.Contains(line, "{") {
				t.Errorf("explain %s has a long line: %s", r.ID, line)
			}
		}
	}
}
