// SPDX-License-Identifier: Apache-2.0

package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	files := append(chapterFiles(), filepath.Join("decisions", "0010-left-out.md"))
	cited := citations(t, files)
	for _, span := range [][2]int{{1, 214}, {253, 354}} {
		for fact := span[0]; fact <= span[1]; fact++ {
			if cited[fact] == "" {
				t.Errorf("fact F%03d is neither cited by a chapter nor left out by decision 0010", fact)
			}
		}
	}
}

// A reader who follows the number of a fact finds it, and finds no other.
func TestEveryFactThatIsCitedIsWrittenDown(t *testing.T) {
	t.Parallel()
	cited := citations(t, append(chapterFiles(), decisionFiles(t)...))
	written := map[int]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| F(\d{3}) \|`).FindAllStringSubmatch(spec.Facts(), -1) {
		fact := number(t, m[1])
		if written[fact] {
			t.Errorf("facts.md has two rows F%03d", fact)
		}
		written[fact] = true
		if cited[fact] == "" {
			t.Errorf("facts.md has a row F%03d that no chapter and no decision cites", fact)
		}
	}
	for fact, file := range cited {
		if !written[fact] {
			t.Errorf("%s cites F%03d, which has no row in facts.md", file, fact)
		}
	}
	if word := regexp.MustCompile(`\b(MUST|SHOULD|MAY)\b`).FindString(spec.Facts()); word != "" {
		t.Errorf("facts.md holds %s: a fact is no rule", word)
	}
}

func TestDecisionsAreThereInOrder(t *testing.T) {
	t.Parallel()
	var got []string
	for _, d := range spec.Decisions() {
		got = append(got, filepath.FromSlash(strings.TrimPrefix(d.File(), "spec/")))
		if !strings.HasPrefix(d.Name, d.Number+"-") || d.Title == "" || d.Markdown == "" || strings.HasPrefix(d.Markdown, "#") {
			t.Errorf("decision %+v is not whole", d)
		}
	}
	if want := decisionFiles(t); !slices.Equal(got, want) {
		t.Errorf("Decisions() come from %v, want %v", got, want)
	}
}

// chapterFiles are the chapters, from this folder.
func chapterFiles() []string {
	files := make([]string, 0, len(spec.Chapters()))
	for _, c := range spec.Chapters() {
		files = append(files, c.Name+".md")
	}
	return files
}

// decisionFiles are the decisions, in the order of their numbers.
func decisionFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("decisions", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var factSpan = regexp.MustCompile(`F(\d{3})(?:–F(\d{3}))?`)

// citations are the facts that files cite, each with one of the files.
func citations(t *testing.T, files []string) map[int]string {
	t.Helper()
	cited := map[int]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range factSpan.FindAllStringSubmatch(string(text), -1) {
			to := m[1]
			if m[2] != "" {
				to = m[2]
			}
			for fact := number(t, m[1]); fact <= number(t, to); fact++ {
				cited[fact] = file
			}
		}
	}
	return cited
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
	decisions := decisionFiles(t)
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

// The link in a failure leads to the heading of its requirement: Markdown on the
// web makes the anchor of a heading from its words.
func TestTheAnchorOfARequirementIsItsHeading(t *testing.T) {
	t.Parallel()
	for _, c := range spec.Chapters() {
		for _, r := range c.Requirements {
			heading := strings.ReplaceAll(strings.ToUpper(r.Anchor()), "-", " ")
			if r.Level != spec.Retired && !strings.Contains(strings.ReplaceAll(strings.ToUpper(c.Markdown), "-", " "), "### "+heading+"\n") {
				t.Errorf("%s has no heading for %s", r.File(), r.URL())
			}
		}
	}
}
