// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// action is action.yml, as far as its steps go.
type action struct {
	Inputs map[string]struct {
		Default  string `yaml:"default"`
		Required bool   `yaml:"required"`
	} `yaml:"inputs"`
	Outputs map[string]struct {
		Value string `yaml:"value"`
	} `yaml:"outputs"`
	Runs struct {
		Steps []struct {
			ID    string            `yaml:"id"`
			Uses  string            `yaml:"uses"`
			Shell string            `yaml:"shell"`
			Env   map[string]string `yaml:"env"`
			Run   string            `yaml:"run"`
		} `yaml:"steps"`
	} `yaml:"runs"`
}

func readAction(t *testing.T) action {
	t.Helper()

	var a action
	if err := yaml.Unmarshal([]byte(read(t, "action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// A job is what a runner gives the steps of one job, and what they leave.
type job struct {
	*testing.T

	dir     string // the workspace
	temp    string // where the runner lets actions put what they need; of several jobs, so that the command is linked once
	inputs  map[string]string
	outputs map[string]string // "check.exit-code", as steps name them
	summary string
}

var expression = regexp.MustCompile(`\$\{\{ *([\w.-]+) *\}\}`)

// expand puts in what an expression stands for.
func (j *job) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(found string) string {
		name := expression.FindStringSubmatch(found)[1]
		if input, ok := strings.CutPrefix(name, "inputs."); ok {
			if value, known := j.inputs[input]; known {
				return value
			}
		}
		if step, ok := strings.CutPrefix(name, "steps."); ok {
			if value, known := j.outputs[strings.Replace(step, ".outputs.", ".", 1)]; known {
				return value
			}
		}
		j.Fatalf("the expression %s stands for nothing that this test knows", found)
		return ""
	})
}

// run runs the steps in their order, each as the runner's shell does, until one fails.
func (j *job) run(a action) (code int) {
	j.Helper()

	for i, step := range a.Runs.Steps {
		if step.Uses != "" {
			continue // Go is here
		}
		if step.Shell != "bash" {
			j.Fatalf("step %d runs in %q, want bash", i, step.Shell)
		}
		files := filepath.Join(j.TempDir(), strconv.Itoa(i))
		outputs, summary, script := files+".out", files+".md", files+".sh"
		if err := os.WriteFile(script, []byte(j.expand(step.Run)), 0o600); err != nil {
			j.Fatal(err)
		}
		cmd := exec.CommandContext(j.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", script)
		cmd.Dir = j.dir
		path, err := filepath.Abs(root)
		if err != nil {
			j.Fatal(err)
		}
		cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+path, "RUNNER_TEMP="+j.temp,
			"GITHUB_OUTPUT="+outputs, "GITHUB_STEP_SUMMARY="+summary)
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+j.expand(value))
		}
		out, err := cmd.CombinedOutput()
		j.leave(step.ID, outputs, summary)
		if code = exitCode(j.T, err); code != 0 {
			j.Logf("step %d ended with %d:\n%s", i, code, out)
			return code
		}
	}
	return 0
}

// leave keeps what a step wrote into the runner's files.
func (j *job) leave(id, outputs, summary string) {
	text, _ := os.ReadFile(outputs) // without the file there are none
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		j.outputs[id+"."+name] = value
	}
	text, _ = os.ReadFile(summary)
	j.summary += string(text)
}

func newJob(t *testing.T, a action, temp string, inputs map[string]string) *job {
	t.Helper()

	j := &job{T: t, dir: t.TempDir(), temp: temp, inputs: map[string]string{}, outputs: map[string]string{}}
	for name, input := range a.Inputs {
		if _, given := inputs[name]; input.Required && !given {
			t.Fatalf("the input %s is required", name)
		}
		j.inputs[name] = input.Default
	}
	maps.Copy(j.inputs, inputs)
	return j
}

func TestTheActionEndsAsTheCheckDoes(t *testing.T) {
	a, temp := readAction(t), t.TempDir()
	sound, faulty := serve(t, ""), serve(t, "claim-of-nothing-fails")
	for name, tc := range map[string]struct {
		url, flags, token string
		want              int
		summary           string // is in it; empty for a summary that is not there
	}{
		"a server that conforms":            {url: sound, flags: "--case=CLM-3", want: 0, summary: "NO FAILURE"},
		"one that does not":                 {url: faulty, flags: "--case=CLM-3\n\n--format=json", want: 1, summary: "CLM-3"},
		"a token goes by the environment":   {url: sound, flags: "--case=CLM-3\n--project=demo", token: "hush", want: 0, summary: "NO FAILURE"},
		"a flag that there is not":          {url: sound, flags: "--bogus", want: 2},
		"a flag that a shell would run":     {url: sound, flags: "$(touch ran); touch ran", want: 2},
		"a URL that looks like a flag":      {url: "--help", want: 2},
		"no URL":                            {url: "", want: 2},
		"a server that is not there":        {url: "ws://127.0.0.1:1", flags: "--fast", want: 3},
		"a server that is not this machine": {url: "ws://192.0.2.1:9000", want: 2},
	} {
		t.Run(name, func(t *testing.T) {
			j := newJob(t, a, temp, map[string]string{"url": tc.url, "flags": tc.flags, "token": tc.token})
			if got := j.run(a); got != tc.want {
				t.Errorf("the action ends with %d, want %d", got, tc.want)
			}
			if got := j.expand(a.Outputs["exit-code"].Value); got != strconv.Itoa(tc.want) {
				t.Errorf("its output is %q, want %d", got, tc.want)
			}
			if !strings.Contains(j.summary, tc.summary) || (tc.summary == "") != (j.summary == "") {
				t.Errorf("the step summary is %q, want %q in it", j.summary, tc.summary)
			}
			if tc.token != "" && strings.Contains(j.summary, tc.token) {
				t.Error("the step summary shows the token")
			}
			if _, err := os.Stat(filepath.Join(j.dir, "ran")); err == nil {
				t.Error("a flag was run as a command")
			}
		})
	}
}
