// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// registerOf is a register of requirements, written `CLM-3 MUST server`, with a lock.
func registerOf(lock string, lines ...string) *register {
	r := &register{lock: lock, ids: map[string]spec.Requirement{}}
	c := spec.Chapter{Name: "claims"}
	for _, line := range lines {
		words := strings.Fields(line)
		q := spec.Requirement{ID: spec.ID(words[0]), Level: spec.Level(words[1])}
		if len(words) > 2 {
			q.Party = spec.Party(words[2])
		}
		c.Requirements = append(c.Requirements, q)
		r.ids[words[0]] = q
	}
	r.chapters = []spec.Chapter{c}
	return r
}

func TestTheLockOnlyGrows(t *testing.T) {
	t.Parallel()
	const old = "CLM-1 MUST server\nCLM-2 MAY server\n"
	for name, tc := range map[string]struct {
		now  []string
		want string // the new lock, or what the error says
	}{
		"a new id comes last":                {[]string{"CLM-3 MUST client", "CLM-1 MUST server", "CLM-2 MAY server"}, old + "CLM-3 MUST client\n"},
		"an id that is retired keeps a line": {[]string{"CLM-1 RETIRED", "CLM-2 MAY server"}, old},
		"an id that has gone":                {[]string{"CLM-2 MAY server"}, "CLM-1 has gone"},
		"a level that has changed":           {[]string{"CLM-1 SHOULD server", "CLM-2 MAY server"}, "CLM-1 was MUST server and is now SHOULD server"},
		"a party that has changed":           {[]string{"CLM-1 MUST client", "CLM-2 MAY server"}, "CLM-1 was MUST server and is now MUST client"},
		"an id that begins retired":          {[]string{"CLM-1 MUST server", "CLM-2 MAY server", "CLM-3 RETIRED"}, "CLM-3 is retired but was never there"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := newLock(registerOf(old, tc.now...))
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, tc.want) || err == nil && got != tc.want {
				t.Errorf("newLock() = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestARetiredRequirementIsNotCited(t *testing.T) {
	t.Parallel()
	r := registerOf("", "CLM-1 RETIRED", "CLM-2 MUST server")
	if r.known("CLM-1") || !r.known("CLM-2") || r.known("CLM-9") {
		t.Error("known: want CLM-2 alone")
	}
	files, err := ids(nil, registerOf("CLM-1 MUST server\n", "CLM-1 RETIRED", "CLM-2 MUST server"))
	if err != nil {
		t.Fatal(err)
	}
	if code := string(files["spec/ids_gen.go"]); strings.Contains(code, "CLM1") || !strings.Contains(code, `CLM2 ID = "CLM-2" // MUST server`) {
		t.Errorf("ids_gen.go = %s", code)
	}
}

func TestReferenceRefuses(t *testing.T) {
	t.Parallel()
	d := load(t)
	for name, tc := range map[string]struct{ text, want string }{
		"an unknown action":        {"<!-- generated: actions lost_action -->\n<!-- end generated -->\n", "there is no action lost_action"},
		"unknown tables":           {"<!-- generated: lost -->\n<!-- end generated -->\n", `there are no tables of "lost"`},
		"a section without end":    {"<!-- generated: limits -->\n", "has no end"},
		"a spec without an action": {"<!-- generated: limits -->\n<!-- end generated -->\n", "no chapter of the spec shows authenticate"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &register{chapters: []spec.Chapter{{Name: "queues", Markdown: tc.text}}}
			if _, err := reference(d, r); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("reference() = %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func TestABadSourceWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, part := range []string{"spec", "schema/zaqar.v2"} {
		copyFiles(t, filepath.Join(root, part), filepath.Join(dir, part))
	}
	path := filepath.Join(dir, "schema/zaqar.v2/claims.yaml")
	text := strings.Replace(string(read(t, path)), "req: CLM-1}", "req: CLM-999}", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(dir); err == nil || !strings.Contains(err.Error(), "there is no requirement CLM-999") {
		t.Errorf("write() = %v, want an error about CLM-999", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "schema/gen")); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}
