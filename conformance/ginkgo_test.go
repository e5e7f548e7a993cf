// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// asSuite makes the test binary a process of its own for Ginkgo, which runs once in one.
const asSuite = "ZAQARWIRE_TEST_AS_SUITE"

func TestGinkgoLeavesNoCaseToItself(t *testing.T) {
	t.Parallel()
	if os.Getenv(asSuite) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-ginkgo.timeout=1ms", "-ginkgo.grace-period=1ms")
		cmd.Env = append(os.Environ(), asSuite+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	s := new(suite)
	for _, slug := range []string{"a", "b", "c"} {
		s.check(spec.CLM3, slug, ask)
	}
	chosen, _, err := plan(s.cases, Options{Formats: []Format{JSON}})
	if err != nil {
		t.Fatal(err)
	}
	var judged []string
	inGinkgo(t)(t.Context(), chosen, func(ctx context.Context, o one) CaseResult {
		select {
		case <-ctx.Done():
			t.Errorf("%s was ended: %v", o.name(), context.Cause(ctx))
		case <-time.After(20 * time.Millisecond): // many times the limit that the flags set
		}
		judged = append(judged, o.ID)
		return CaseResult{Verdict: Pass}
	})
	if want := []string{"CLM-3/a", "CLM-3/b", "CLM-3/c"}; !slices.Equal(judged, want) {
		t.Errorf("judged %v, want %v", judged, want)
	}
}
