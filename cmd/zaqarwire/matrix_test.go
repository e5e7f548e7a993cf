// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/spec"
)

// savedRun writes the result of a run with one case into a folder of its own.
func savedRun(t *testing.T, folder, seed string, v conformance.Verdict) (path string) {
	t.Helper()
	c := conformance.CaseResult{
		Case: "CLM-3/claiming-from-an-empty-queue", Requirement: spec.CLM3, Level: spec.Must, Chapter: "claims", Format: "json", Verdict: v,
	}
	if v == conformance.Fail {
		c.Failure = &conformance.Failure{Requirement: spec.CLM3, Symptom: "status=500", Expected: "204", Actual: "500"}
	}
	text, err := report.JSON(conformance.Result{URL: "ws://127.0.0.1:9000", Seed: seed, Cases: []conformance.CaseResult{c}}, version)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), folder)
	if err := writeFiles(dir, []file{{"result.json", text}}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "result.json")
}

func TestMatrixPutsResultsSideBySide(t *testing.T) {
	t.Parallel()
	good, bad := savedRun(t, "reference", "A", conformance.Pass), savedRun(t, "other", "B", conformance.Fail)
	if err := writeFiles(filepath.Dir(bad), []file{{"index.html", []byte("its report")}}); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(filepath.Dir(filepath.Dir(bad)), "a", "b c")
	code, out, errs := command(t, "", "matrix", good, "zaqar="+bad, "-o", dir)
	if want := filepath.Join(dir, "matrix.html"); code != exitOK || strings.TrimSpace(out) != want || errs != "" {
		t.Fatalf("exit %d, %q, %q", code, out, errs)
	}
	page, err := os.ReadFile(filepath.Join(dir, "matrix.html"))
	if err != nil {
		t.Fatal(err)
	}
	row := `<tr id="CLM-3/claiming-from-an-empty-queue" class="differ"><th scope="row">claiming-from-an-empty-queue</th>` +
		`<td>✓`
	link := `<a href="../../other/index.html#CLM-3/claiming-from-an-empty-queue[json]">✗ fail</a>`
	for _, want := range []string{link, `<th scope="col">reference</th><th scope="col">zaqar</th>`, row} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestMatrixTakesAFileAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, _, errs := command(t, "", "matrix", savedRun(t, "reference", "A", conformance.Fail), "-o", dir)
	page, err := os.ReadFile(filepath.Join(dir, "matrix.html"))
	if code != exitOK || err != nil || !strings.Contains(string(page), "<h1>1 server</h1>") {
		t.Fatalf("exit %d, %q, %v", code, errs, err)
	}
	for _, want := range []string{"<small>expected</small> <code>204</code>", "<small>actual</small> <code>500</code>"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("with no report beside the file, the page has no %s", want)
		}
	}
}

func TestMatrixSaysInOneLineWhatIsWrong(t *testing.T) {
	t.Parallel()
	good, namesake := savedRun(t, "reference", "A", conformance.Pass), savedRun(t, "reference", "B", conformance.Pass)
	dir := t.TempDir()
	made := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"no file":          {[]string{"-o", dir}, "does not take 0 arguments"},
		"no folder":        {[]string{good, namesake}, "say where to"},
		"no such file":     {[]string{good, dir + "/none.json", "-o", dir}, "no such file"},
		"no JSON":          {[]string{good, made("text.json", "hello"), "-o", dir}, "text.json: decode result"},
		"no result":        {[]string{good, made("other.json", "{}"), "-o", dir}, "other.json: this is no result.json"},
		"another version":  {[]string{good, made("old.json", `{"format": "zaqarwire-result", "format_version": 1}`), "-o", dir}, "version 1"},
		"a file twice":     {[]string{good, "again=" + good, "-o", dir}, "are the same run"},
		"a name twice":     {[]string{good, namesake, "-o", dir}, `two results are called "reference"`},
		"a file as folder": {[]string{good, "b=" + namesake, "-o", good}, "cannot write the matrix"},
	} {
		code, out, errs := command(t, "", append([]string{"matrix"}, tc.args...)...)
		if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, tc.want) {
			t.Errorf("%s: exit %d, %q, %q; want one line with %q", name, code, out, errs, tc.want)
		}
	}
}
