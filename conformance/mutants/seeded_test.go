// SPDX-License-Identifier: Apache-2.0

package mutants_test

import (
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/spec"
)

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestEachSeededMutantSaysWhatItBreaksAndHasAFile(t *testing.T) {
	t.Parallel()

	files := map[string]bool{}
	for _, m := range mutants.Seeded() {
		file := strings.ReplaceAll(m.Name, "-", "_") + ".go"
		if _, err := os.Stat(file); err != nil || !kebab.MatchString(m.Name) {
			t.Errorf("%s: the name has to be in kebab-case, and its file %s", m.Name, file)
		}
		if files[file] {
			t.Errorf("%s is listed twice", m.Name)
		}
		files[file] = true
		if r, ok := spec.Get(m.Breaks); !ok || r.Party != spec.Server {
			t.Errorf("%s breaks %q, which is no rule for a server", m.Name, m.Breaks)
		}
		if m.Does == "" {
			t.Errorf("%s does not say what it does", m.Name)
		}
	}
}

func TestSeededMutantsStandInTheOrderOfTheRequirements(t *testing.T) {
	t.Parallel()

	place := map[spec.ID]int{}
	for i, r := range spec.All() {
		place[r.ID] = i
	}
	all := mutants.Seeded()
	if !slices.IsSortedFunc(all, func(a, b mutants.Mutant) int { return place[a.Breaks] - place[b.Breaks] }) {
		t.Error("they are not in the order of spec/")
	}
}

func TestEachMutantCanBeServed(t *testing.T) {
	t.Parallel()

	for _, m := range slices.Concat(mutants.Seeded(), mutants.Lawful(), mutants.Generated()) {
		handler, server, err := m.Handler(refserver.Options{})
		if err != nil {
			t.Errorf("%s: %v", m.Name, err)
			continue
		}
		front := httptest.NewServer(handler)
		front.Close()
		if err := server.Shutdown(t.Context()); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}
