// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
)

// reportNames are the names of the reports, sorted.
func reportNames() []string {
	var names []string
	for _, k := range reportKinds {
		if k.usual {
			names = append(names, k.name)
		}
	}
	slices.Sort(names)
	return names
}

// filesIn are the names of all files in a folder, hidden ones too, sorted.
func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// contents are the files in a folder with what they hold.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range filesIn(t, dir) {
		text, _ := os.ReadFile(filepath.Join(dir, name)) // a folder holds nothing
		all[name] = string(text)
	}
	return all
}

func TestRealResultsFitTheirSchema(t *testing.T) {
	t.Parallel()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("result.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("result.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	known := filepath.Join(t.TempDir(), "known.txt")
	if err := os.WriteFile(known, []byte("CLM-3/gone * value # it is gone, F123, 2026-11-22\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string]string{
		"a fault":        "--mutant claim-steals-live-lease --case CLM-8 --case MSG-45 --fast",
		"with all kept":  "--case QUE-2 --case AUT --fast --keep-transcripts --strict --shuffle",
		"as known":       "--case CLM-3 --known-failing " + known,
		"another target": zaqar(t, nil) + " --case FRM-1 --fast --without next_marker --project p --client-id 0a0a0a0a-0000-4000-8000-00000000abcd",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			_, stdout, stderr := child(t, append([]string{"check", "-o", dir}, strings.Fields(args)...)...)
			text, err := os.ReadFile(filepath.Join(dir, "result.json"))
			if err != nil {
				t.Fatalf("%v\n%s%s", err, stdout, stderr)
			}
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOnlyTheReportsThatAreAskedForAreWritten(t *testing.T) {
	t.Parallel()
	for kinds, want := range map[string][]string{
		"json": {"result.json"}, "sarif badge": {"badge.json", "result.json", "result.sarif"}, "junit markdown": {"junit.xml", "result.json", "summary.md"},
	} {
		dir := t.TempDir()
		args := []string{"check", "--case", "QUE-1", "--fast", "-o", dir}
		for kind := range strings.FieldsSeq(kinds) {
			args = append(args, "--report", kind)
		}
		if code, stdout, stderr := child(t, args...); code != exitOK || !slices.Equal(filesIn(t, dir), want) {
			t.Errorf("%s: exit code %d, the folder holds %v, want %v\n%s%s", kinds, code, filesIn(t, dir), want, stdout, stderr)
		}
	}
}

func TestNothingThatIsPrintedForGitHubIsACommandButTheAnnotations(t *testing.T) {
	t.Parallel()
	broken := zaqar(t, func(d api.Doer) api.Doer { return alwaysOK{d} })
	_, stdout, _ := child(t, "check", broken, "--case", "CLM-3", "--format", "json", "--github", "-o", t.TempDir())
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	token, stopped := strings.CutPrefix(lines[0], "::stop-commands::")
	if at := slices.Index(lines, "::"+token+"::"); !stopped || len(token) < 20 || at < 0 || !strings.Contains(lines[at-1], "exit 1") ||
		at+1 == len(lines) || !strings.HasPrefix(lines[at+1], "::error title=FAIL CLM-3 MUST") {
		t.Errorf("want all in between, then annotations\n%s", stdout)
	}
}

// cramped runs the command with files of at most so many blocks.
func cramped(t *testing.T, blocks int, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := process(t, args...)
	cmd.Args = append([]string{"sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, blocks), cmd.Path}, args...)
	cmd.Path = "/bin/sh"
	return ran(t, cmd)
}

func TestAFullDiskLeavesNoHalfReport(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no ulimit")
	}
	for name, args := range map[string][]string{
		"check":  {"check", "--fast", "--case", "QUE-1", "--keep-transcripts"},
		"replay": {"replay", "then/result.json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			dir, then := filepath.Join(root, "now"), filepath.Join(root, "then")
			if code, stdout, stderr := child(t, "check", "--fast", "--case", "QUE-1", "--keep-transcripts", "-o", then); code != exitOK {
				t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
			}
			if name == "replay" {
				args[1] = filepath.Join(then, "result.json")
			}
			code, stdout, stderr := cramped(t, 8, append(args, "-o", dir)...)
			last := stdout[strings.LastIndex(strings.TrimSpace(stdout), "\n")+1:]
			if code != exitUsage || !strings.HasPrefix(last, "no report written") || !strings.HasSuffix(last, "exit 2\n") {
				t.Errorf("exit code %d, want 2 and a last line that says so\n%s", code, stdout)
			}
			if strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "cannot write the reports: "+dir) || !strings.Contains(stderr, "file too large") {
				t.Errorf("stderr %q, want one line", stderr)
			}
			if holds := filesIn(t, dir); len(holds) > 0 {
				t.Errorf("%v was left behind", holds)
			}
			before := contents(t, then)
			if code, _, _ := cramped(t, 8, "check", "--fast", "--case", "QUE-1", "--keep-transcripts", "-o", then); code != exitUsage || !maps.Equal(contents(t, then), before) {
				t.Errorf("exit code %d, want 2 and the earlier reports as they were", code)
			}
		})
	}
}

func TestAReaderThatGoesAwayDoesNotEndARun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := process(t, "check", zaqar(t, nil), "--fast", "--case", "QUE-2", "-o", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
	_ = cmd.Wait() // the exit code is what counts
	if code := cmd.ProcessState.ExitCode(); code != exitUsage || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), "cannot write the output") {
		t.Errorf("exit code %d, stderr %q, want 2 and one line", code, &stderr)
	}
	if holds := filesIn(t, dir); !slices.Equal(holds, reportNames()) {
		t.Errorf("the folder holds %v, want the reports and no journal", holds)
	}
}
