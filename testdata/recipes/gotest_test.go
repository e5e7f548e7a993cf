// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// example runs the tests of the example module, as its owner would.
func example(t *testing.T, url string) (said string, passed bool) {
	t.Helper()

	cmd := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-short", ".")
	cmd.Dir, cmd.Env = "gotest", append(os.Environ(), "ZAQAR_URL="+url)
	out, err := cmd.CombinedOutput()
	return string(out), exitCode(t, err) == 0
}

func TestTheExampleModuleJudgesItsServer(t *testing.T) {
	if said, passed := example(t, ""); !passed {
		t.Errorf("the tests of the example fail:\n%s", said)
	}
	if said, passed := example(t, serve(t, "claim-of-nothing-fails")); passed || !strings.Contains(said, "CLM-3") {
		t.Errorf("the tests of the example do not name what the server breaks:\n%s", said)
	}
}
