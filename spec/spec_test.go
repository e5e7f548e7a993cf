// SPDX-License-Identifier: Apache-2.0

package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

func TestEveryChapterHoldsItsRequirements(t *testing.T) {
	t.Parallel()
	for _, c := range spec.Chapters() {
		if c.Title == "" || len(c.Requirements) == 0 {
			t.Errorf("chapter %s has title %q and %d requirements", c.Name, c.Title, len(c.Requirements))
		}
		for _, r := range c.Requirements {
			if got, ok := spec.Get(r.ID); !ok || got != r {
				t.Errorf("Get(%s) = %+v, %v, want %+v", r.ID, got, ok, r)
			}
		}
	}
	if _, ok := spec.Get("CLM-0"); ok {
		t.Error("Get(CLM-0) found a requirement, want none")
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const good = "# Claims\n\nProse.\n\n### CLM-1 MUST server\n\nA server MUST answer.\n\nA note.\n\nSource: F117.\n"
	if err := spec.Parse(&spec.Chapter{Prefix: "CLM"}, good); err != nil {
		t.Fatalf("Parse(good) = %v, want no error", err)
	}
	for name, tc := range map[string]struct{ old, new, want string }{
		"a chapter without a title":               {"# Claims\n", "", "begins with its title"},
		"a level word in prose":                   {"Prose.", "A server MUST not.", "outside of a requirement"},
		"a level word in a note":                  {"A note.", "It SHOULD.", "outside of a requirement"},
		"a sentence without its level word":       {"MUST answer", "answers", "needs its level word"},
		"a sentence with two level words":         {"MUST answer", "MUST answer and MUST go", "needs its level word"},
		"a sentence of another level":             {"A server MUST", "A server SHOULD", "needs its level word"},
		"a sentence that does not end":            {"MUST answer.", "MUST answer", "full stop"},
		"a requirement without a source":          {"Source: F117.", "", "no `Source:`"},
		"an id of another chapter":                {"CLM-1", "MSG-1", "does not belong"},
		"a heading that is no requirement":        {"### CLM-1 MUST server", "### CLM-1 MUST nobody", "is not `### ID LEVEL party`"},
		"a heading that begins with a nought":     {"CLM-1", "CLM-01", "is not `### ID LEVEL party`"},
		"a requirement that is written twice":     {"Source: F117.", "Source: F117.\n\n### CLM-1 MUST server\n\nA server MUST.\n\nSource: F1.", "written twice"},
		"a level word in a heading without an id": {"Prose.", "## What a server MUST do", "is not `### ID LEVEL party`"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, tc.old, tc.new, 1)
			err := spec.Parse(&spec.Chapter{Prefix: "CLM"}, text)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Parse(%q) = %v, want an error with %q", text, err, tc.want)
			}
		})
	}
}

func TestARetiredRequirementKeepsItsID(t *testing.T) {
	t.Parallel()
	c := spec.Chapter{Prefix: "CLM"}
	if err := spec.Parse(&c, "# Claims\n\n### CLM-1 RETIRED\n\nIt said something else.\n"); err != nil {
		t.Fatal(err)
	}
	if got := c.Requirements; len(got) != 1 || got[0].Level != spec.Retired || got[0].ID != "CLM-1" {
		t.Errorf("requirements = %+v, want CLM-1, retired", got)
	}
}

// Each fact about the real server that these chapters cover is cited by one of
// them, or decision 0010 says why it is not.
func TestEveryFactIsAccountedFor(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	cited := map[int]bool{}
	for _, file := range append(files, filepath.Join("decisions", "0010-left-out.md")) {
		cite(t, file, cited)
	}
	for _, span := range [][2]int{{1, 75}, {82, 124}, {142, 172}, {253, 335}} {
		for fact := span[0]; fact <= span[1]; fact++ {
			if !cited[fact] {
				t.Errorf("fact F%03d is neither cited by a chapter nor left out by decision 0010", fact)
			}
		}
	}
}

var factSpan = regexp.MustCompile(`F(\d{3})(?:–F(\d{3}))?`)

func cite(t *testing.T, file string, cited map[int]bool) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range factSpan.FindAllStringSubmatch(string(text), -1) {
		from, to := number(t, m[1]), number(t, m[1])
		if m[2] != "" {
			to = number(t, m[2])
		}
		for fact := from; fact <= to; fact++ {
			cited[fact] = true
		}
	}
}

func number(t *testing.T, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A chapter names requirements and decisions that exist.
func TestReferencesLead(t *testing.T) {
	t.Parallel()
	reference := regexp.MustCompile(`\b(?:FRM|QUE|MSG|CLM)-\d+\b|\bdecision (\d{4})\b`)
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob(filepath.Join("decisions", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, decisions...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range reference.FindAllStringSubmatch(string(text), -1) {
			if !leads(m, decisions) {
				t.Errorf("%s refers to %s, which does not exist", file, m[0])
			}
		}
	}
}

func leads(m, decisions []string) bool {
	if m[1] == "" {
		_, ok := spec.Get(spec.ID(m[0]))
		return ok
	}
	for _, d := range decisions {
		if strings.HasPrefix(filepath.Base(d), m[1]+"-") {
			return true
		}
	}
	return false
}

func ExampleGet() {
	r, _ := spec.Get("FRM-32")
	fmt.Println(r.Level, r.Party, r.File())
	fmt.Println(r.Text)
	// Output:
	// MUST server spec/frames.md
	// A server MUST set `request.api` to `v2`.
}
