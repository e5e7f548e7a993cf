// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

var anchor = regexp.MustCompile(` id="([^"]+)"`)

var rendered = sync.OnceValues(func() ([]File, error) { return Site("1.2.3", Extras{Vectors: []byte("a zip")}) })

// site is all files by their names.
func site(t *testing.T) map[string]string {
	t.Helper()
	files, err := rendered()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		if _, twice := all[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		all[f.Name] = string(f.Data)
	}
	return all
}

func TestEveryRequirementAndActionCanBeLinkedTo(t *testing.T) {
	t.Parallel()
	all := site(t)
	for _, r := range spec.All() {
		if !strings.Contains(all[r.Chapter+".html"], ` id="`+string(r.ID)+`"`) {
			t.Errorf("%s.html has no anchor %s", r.Chapter, r.ID)
		}
		if !strings.Contains(all["requirements.html"], `href="`+requirementFile(r.ID)+`"`) && r.Level != spec.Retired {
			t.Errorf("requirements.html does not lead to %s", r.ID)
		}
	}
	for _, a := range schema.Model().Actions {
		if !strings.Contains(all["actions.html"], ` id="`+a.Name+`"`) {
			t.Errorf("actions.html has no anchor %s", a.Name)
		}
	}
	for _, n := range schema.Model().Notifications {
		if !strings.Contains(all["actions.html"], ` id="notification-`+n.Name+`"`) {
			t.Errorf("actions.html has no anchor of the notification %s", n.Name)
		}
	}
}

func TestThePageOfARequirementHasAllThatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	all, cases, seeded := site(t), Cases(), faults()
	for _, r := range Register() {
		text := all[requirementFile(r.ID)]
		for _, c := range cases[r.ID] {
			if !strings.Contains(text, c.ID) {
				t.Errorf("the page of %s does not name its case %s", r.ID, c.ID)
			}
		}
		for _, f := range seeded[r.ID] {
			if !strings.Contains(text, "zaqarwire check --mutant "+f.Name+"<") {
				t.Errorf("the page of %s does not say how to run its fault %s", r.ID, f.Name)
			}
		}
		if len(cases[r.ID]) == 0 && !strings.Contains(text, "By no case of its own") {
			t.Errorf("the page of %s does not say why it has no case", r.ID)
		}
		if !strings.Contains(text, "zaqar-ws v2") || !strings.Contains(text, "zaqarwire 1.2.3 docs") {
			t.Errorf("the page of %s does not say its versions", r.ID)
		}
	}
}

func TestTheReferenceOfAnActionIsWhole(t *testing.T) {
	t.Parallel()
	all := site(t)
	for _, a := range schema.Model().Actions {
		for _, name := range []string{"actions.html", "actions/" + a.Name + ".html"} {
			for _, f := range a.Request {
				if !strings.Contains(all[name], "<code>"+f.Name+"</code>") {
					t.Errorf("%s lacks the field %s of %s", name, f.Name, a.Name)
				}
			}
		}
		if got := strings.Count(all["actions/"+a.Name+".html"], "<figure>"); got != 2*len(a.Examples) {
			t.Errorf("the page of %s shows %d frames, want the two of %d examples", a.Name, got, len(a.Examples))
		}
	}
}

func TestEveryFactAndDecisionCanBeLinkedTo(t *testing.T) {
	t.Parallel()
	all := site(t)
	rows := regexp.MustCompile(`(?m)^\| (F\d{3}) \|`).FindAllStringSubmatch(spec.Facts(), -1)
	if len(rows) == 0 {
		t.Error("there are no facts")
	}
	for _, row := range rows {
		if !strings.Contains(all["facts.html"], `<tr id="`+row[1]+`"`) {
			t.Errorf("facts.html has no anchor %s", row[1])
		}
	}
	for _, d := range spec.Decisions() {
		if !strings.Contains(all["decisions.html"], `<li id="`+d.Number+`"><a href="`+decisionFile(d.Number)+`"`) {
			t.Errorf("decisions.html has no anchor %s that leads to its page", d.Number)
		}
	}
}

func TestEveryLinkLeadsSomewhereWithinTheSite(t *testing.T) {
	t.Parallel()
	all := site(t)
	anchors := map[string]bool{}
	for name, text := range all {
		anchors[name] = true
		for _, m := range anchor.FindAllStringSubmatch(text, -1) {
			if to := name + "#" + m[1]; anchors[to] {
				t.Errorf("%s is there twice", to)
			} else {
				anchors[to] = true
			}
		}
		if strings.Contains(text, "@import") || strings.Contains(text, "url(") && !strings.HasPrefix(name, "downloads/") {
			t.Errorf("%s asks for something besides itself", name)
		}
	}
	for name, text := range all {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, match := range reference.FindAllString(text, -1) {
			link := strings.Split(match, `"`)[1]
			to, fragment, cut := strings.Cut(link, "#")
			if to == "" {
				to = name
			} else {
				to = path.Join(path.Dir(name), to)
			}
			if cut {
				to += "#" + fragment
			}
			if !anchors[to] {
				t.Errorf("%s leads to %q, which is not there", name, link)
			}
		}
	}
}

func TestWhatTheGuideCitesIsThere(t *testing.T) {
	t.Parallel()
	text, err := texts.ReadFile("site/start.md")
	if err != nil {
		t.Fatal(err)
	}
	ids := requirementID.FindAllString(string(text), -1)
	if len(ids) == 0 {
		t.Error("start.md cites nothing")
	}
	for _, id := range ids {
		if id == "UTF-8" {
			continue
		}
		if r, ok := spec.Get(spec.ID(id)); !ok || r.Level == spec.Retired {
			t.Errorf("start.md cites %s, which is not in force", id)
		}
	}
}

// The scribe's server is the one of the guide, which was written from the pages alone;
// make scribe judges it by its profile.
func TestTheGuideLeavesOutWhatTheScribesProfileDoes(t *testing.T) {
	t.Parallel()
	guide, err := texts.ReadFile("site/start.md")
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.ReadFile("../../../testdata/peers/scribe/profile.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, without, _ := strings.Cut(string(profile), "\nwithout:\n")
	want := strings.Fields(strings.ReplaceAll(without, " - ", " "))
	_, command, _ := strings.Cut(string(guide), "A server of queues, messages and claims alone")
	command, _, _ = strings.Cut(command, "\n## ")
	var got []string
	for _, m := range regexp.MustCompile(`--without ([a-z_]+)`).FindAllStringSubmatch(command, -1) {
		got = append(got, m[1])
	}
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("start.md leaves out %q, the profile %q", got, want)
	}
}

func TestAMentionInProseIsALink(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"See CLM-3, not `CLM-3` nor XYZ-1; *CLM-4* ends the\nline.": `See <a href="claims.html#CLM-3">CLM-3</a>, not <code>CLM-3</code> nor XYZ-1; ` +
			`<em><a href="claims.html#CLM-4">CLM-4</a></em> ends the` + "\nline.",
		"Source: decision 0006; F003–F005.": `Source: <a href="decisions/0006.html">decision 0006</a>; ` +
			`<a href="facts.html#F003">F003</a>–<a href="facts.html#F005">F005</a>.`,
		"It ends with decision 0007":             `It ends with <a href="decisions/0007.html">decision 0007</a>`,
		"Decision 0010, not 0006, F1 nor `F003`": `<a href="decisions/0010.html">Decision 0010</a>, not 0006, F1 nor <code>F003</code>`,
	} {
		html, err := inlineHTML(text)
		if err != nil {
			t.Fatal(err)
		}
		if string(html) != want {
			t.Errorf("inlineHTML(%q) = %s\nwant %s", text, html, want)
		}
	}
}
