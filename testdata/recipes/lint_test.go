// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// A linter is a command that is given a file last; npm's are where LINTERS says.
type linter struct {
	name string
	args []string
}

// lint returns what a linter says of a file, and whether it is content.
func (l linter) lint(t *testing.T, file string) (string, bool) {
	t.Helper()

	file, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), l.name, append(l.args, file)...)
	if cmd.Dir = os.Getenv("LINTERS"); cmd.Dir == "" {
		t.Fatal("run.sh installs the linters, and says where they are")
	}
	out, err := cmd.CombinedOutput()
	return string(out), exitCode(t, err) == 0
}

// A linter that finds nothing in our files has to find something in a bad one.
func TestTheRecipesAreLinted(t *testing.T) {
	for _, tc := range []struct {
		linter

		file string
		// Putting one text in the place of another makes the file bad.
		good, bad string
	}{
		{linter{"npx", []string{"--no-install", "action-validator"}}, "action.yml", "using: composite", "using: docker"},
		{linter{"npx", []string{"--no-install", "dockerfile-utils", "lint"}}, "Containerfile", "WORKDIR /report", "WORKDIR"},
		{linter{"npx", []string{"--no-install", "dockerfile-utils", "lint"}}, "Containerfile", "EXPOSE 9000", "EXPOSE many"},
		{linter{"node", []string{"kubernetes.mjs"}}, "testdata/recipes/job.yaml", "restartPolicy: Never", "restartPolicy: 0"},
		{linter{"node", []string{"kubernetes.mjs"}}, "testdata/recipes/job.yaml", "- name: check", "- image: check"},
		{linter{"shellcheck", []string{"--exclude=SC1091"}}, "testdata/recipes/run.sh", "set -euo pipefail", "cd $1"},
	} {
		t.Run(tc.name+" "+tc.file+" "+tc.bad, func(t *testing.T) {
			if said, content := tc.lint(t, filepath.Join(root, tc.file)); !content {
				t.Errorf("%s says of %s:\n%s", tc.name, tc.file, said)
			}
			text := read(t, tc.file)
			bad := filepath.Join(t.TempDir(), filepath.Base(tc.file))
			if err := os.WriteFile(bad, []byte(strings.Replace(text, tc.good, tc.bad, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, content := tc.lint(t, bad); content {
				t.Errorf("%s finds nothing in %s with %q for %q: %s", tc.name, tc.file, tc.bad, tc.good, said)
			}
		})
	}
}

func TestTheStepsOfTheActionPassShellcheck(t *testing.T) {
	for i, step := range readAction(t).Runs.Steps {
		script := filepath.Join(t.TempDir(), "step.sh")
		if err := os.WriteFile(script, []byte(step.Run), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, content := (linter{"shellcheck", []string{"--shell=bash"}}).lint(t, script); !content {
			t.Errorf("step %d:\n%s", i, said)
		}
	}
}

// The workflow is linted with the action of this repository, so that actionlint knows
// its inputs.
func TestTheWorkflowPassesActionlint(t *testing.T) {
	text := strings.Replace(read(t, "testdata/recipes/workflow.yml"), "zaqarwire/zaqarwire@main", "./", 1)
	if said := workflowFaults(t, text); said != "" {
		t.Error(said)
	}
	if said := workflowFaults(t, strings.Replace(text, "url: ws", "uri: ws", 1)); !strings.Contains(said, `"uri" is not defined`) {
		t.Errorf("actionlint does not know the action's inputs: %q", said)
	}
}

func workflowFaults(t *testing.T, text string) string {
	t.Helper()

	dir := t.TempDir() // a repository of its own, for actionlint to find
	for name, content := range map[string]string{".git/HEAD": "", ".github/workflows/ci.yml": text, "action.yml": read(t, "action.yml")} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	l, err := actionlint.NewLinter(&said, &actionlint.LinterOptions{Color: actionlint.ColorOptionKindNever, Shellcheck: "shellcheck"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.LintRepository(dir); err != nil {
		t.Fatal(err)
	}
	return said.String()
}
