// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

var (
	anchor    = regexp.MustCompile(` id="([^"]+)"`)
	reference = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
)

// pages are the site, written into a folder.
func pages(t *testing.T) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a", "site")
	code, stdout, stderr := command(t, "", "docs", "-o", dir)
	if code != exitOK || strings.TrimSpace(stdout) != filepath.Join(dir, "index.html") {
		t.Fatalf("exit code %d, stdout %q: %s", code, stdout, stderr)
	}
	all := map[string]string{}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name()] = string(text)
	}
	return all
}

func TestEveryRequirementAndActionCanBeLinkedTo(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for _, r := range spec.All() {
		if !strings.Contains(all[r.Chapter+".html"], ` id="`+string(r.ID)+`"`) {
			t.Errorf("%s.html has no anchor %s", r.Chapter, r.ID)
		}
		if !strings.Contains(all["index.html"], `href="`+requirementURL(r.ID)+`"`) && r.Level != spec.Retired {
			t.Errorf("index.html does not lead to %s", r.ID)
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

func TestEveryFactAndDecisionCanBeLinkedTo(t *testing.T) {
	t.Parallel()
	all := pages(t)
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
		if !strings.Contains(all["decisions.html"], `<h2 id="`+d.Number+`"`) {
			t.Errorf("decisions.html has no anchor %s", d.Number)
		}
	}
}

func TestEveryLinkLeadsSomewhereWithinTheSite(t *testing.T) {
	t.Parallel()
	all := pages(t)
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
		if strings.Contains(text, "<script") || strings.Contains(text, "@import") || strings.Contains(text, "url(") {
			t.Errorf("%s asks for something besides itself", name)
		}
	}
	for name, text := range all {
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			to := m[1]
			if strings.HasPrefix(to, "#") {
				to = name + to
			}
			if !anchors[to] {
				t.Errorf("%s leads to %q, which is not there", name, m[1])
			}
		}
	}
}

func TestAMentionInProseIsALink(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"See CLM-3, not `CLM-3` nor XYZ-1; *CLM-4* ends the\nline.": `See <a href="claims.html#CLM-3">CLM-3</a>, not <code>CLM-3</code> nor XYZ-1; ` +
			`<em><a href="claims.html#CLM-4">CLM-4</a></em> ends the` + "\nline.",
		"Source: decision 0006; F003–F005.": `Source: <a href="decisions.html#0006">decision 0006</a>; ` +
			`<a href="facts.html#F003">F003</a>–<a href="facts.html#F005">F005</a>.`,
		"It ends with decision 0007":             `It ends with <a href="decisions.html#0007">decision 0007</a>`,
		"Decision 0010, not 0006, F1 nor `F003`": `<a href="decisions.html#0010">Decision 0010</a>, not 0006, F1 nor <code>F003</code>`,
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

func TestDocsLeaveNothingHalfDoneInAFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := command(t, "", "docs", "-o", dir)
	if code != exitUsage || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "permission denied") {
		t.Errorf("exit code %d, stderr %q, want 2 and one line", code, stderr)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("%v was left behind", files)
	}
}

func TestAFileThatCannotBeReplacedIsLeftAsItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "page.html", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeFiles(dir, []file{{"page.html", []byte("text")}}); err == nil {
		t.Error("writeFiles() succeeded, want an error")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("%v was left behind", files)
	}
}
