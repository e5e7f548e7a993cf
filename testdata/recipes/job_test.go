// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// readJob reads job.yaml as strictly as the API does: no unknown key, no wrong type.
func readJob(t *testing.T) (core.PersistentVolumeClaim, batch.Job) {
	t.Helper()

	var claim core.PersistentVolumeClaim
	var job batch.Job
	first, second, found := strings.Cut(read(t, "testdata/recipes/job.yaml"), "\n---\n")
	if !found {
		t.Fatal("job.yaml holds one document, want the claim and the Job")
	}
	if err := yaml.UnmarshalStrict([]byte(first), &claim); err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalStrict([]byte(second), &job); err != nil {
		t.Fatal(err)
	}
	return claim, job
}

var variable = regexp.MustCompile(`\$\((\w+)\)`)

// arguments are those of a container, with its variables put in; the URL is another.
func arguments(t *testing.T, c core.Container, url string) []string {
	t.Helper()

	known := map[string]string{}
	for _, e := range c.Env {
		known[e.Name] = e.Value
	}
	if !strings.HasPrefix(known["ZAQAR_URL"], "ws://") {
		t.Fatalf("ZAQAR_URL is %q, want a URL", known["ZAQAR_URL"])
	}
	known["ZAQAR_URL"] = url
	var args []string
	for _, a := range c.Args {
		args = append(args, variable.ReplaceAllStringFunc(a, func(v string) string {
			value, ok := known[variable.FindStringSubmatch(v)[1]]
			if !ok {
				t.Fatalf("%s is not in the container's env", v)
			}
			return value
		}))
	}
	return args
}

func TestTheJobEndsWithTheVerdictAndKeepsTheReport(t *testing.T) {
	claim, job := readJob(t)
	pod := job.Spec.Template.Spec
	c := pod.Containers[0]
	if got := pod.Volumes[0].PersistentVolumeClaim.ClaimName; got != claim.Name {
		t.Fatalf("the report goes to the claim %q, and the file has %q", got, claim.Name)
	}
	if *job.Spec.BackoffLimit != 0 || pod.RestartPolicy != core.RestartPolicyNever {
		t.Error("a server that does not conform is judged again and again")
	}
	for name, tc := range map[string]struct {
		mutant string
		want   int
	}{
		"a server that conforms": {"", 0},
		"one that does not":      {"claim-of-nothing-fails", 1},
	} {
		t.Run(name, func(t *testing.T) {
			reports := t.TempDir()
			args := arguments(t, c, serve(t, tc.mutant))
			for i, a := range args {
				if a == c.VolumeMounts[0].MountPath {
					args[i] = reports
				}
			}
			args = append(args, "--case", "CLM-3") // the rest is the same, and takes two minutes
			out, err := exec.CommandContext(t.Context(), command, args...).CombinedOutput()
			if got := exitCode(t, err); got != tc.want {
				t.Errorf("the Job's container ends with %d, want %d\n%s", got, tc.want, out)
			}
			if _, err := os.Stat(filepath.Join(reports, "result.json")); err != nil {
				t.Errorf("the volume does not hold the report: %v", err)
			}
		})
	}
}
