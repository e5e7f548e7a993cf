// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"io"
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
)

// ran guards Ginkgo's one tree: a second RunSpecs would end the process with
// Ginkgo's own exit code. It is the package's only variable, for that reason.
var ran atomic.Bool

// Run judges a target and tells a reporter. It returns a *UsageError or an
// *UnreachableError if nothing could be judged. When ctx ends, what the run made
// is removed, and the result is incomplete.
func Run(ctx context.Context, o Options, report Reporter) (Result, error) {
	return once(ctx, o, report, quietT{})
}

// Test judges a target within a Go test: each broken MUST is an error of t, and so
// is a run that could not judge all it set out to. With -short it leaves out the
// cases that need time to pass. A process can judge once: see [ErrRanBefore].
func Test(t *testing.T, target Target) {
	t.Helper()
	result, err := once(t.Context(), Options{Target: target, Fast: testing.Short()}, silent{}, t)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range result.Cases {
		switch c.Verdict {
		case Fail:
			t.Error(c.String())
		case Warn, Untested:
			t.Log(c.String())
		case Pass, NA:
		}
	}
	if result.Outcome() == Incomplete {
		t.Errorf("incomplete: %d untested %s", result.Count(Untested), result.Stopped)
	}
}

func once(ctx context.Context, o Options, report Reporter, t ginkgo.GinkgoTestingT) (Result, error) {
	if ran.Swap(true) {
		return Result{}, ErrRanBefore
	}
	return execute(ctx, o, report, inGinkgo(t))
}

// inGinkgo drives the cases as the specs of a Ginkgo suite. Ginkgo's reporter is
// silent: ours speaks. Nor has Ginkgo any limit of time, of the suite or of a spec: at
// one it would leave a case to itself and go on to the next.
func inGinkgo(t ginkgo.GinkgoTestingT) driver {
	return func(_ context.Context, cases []one, judge func(context.Context, one) CaseResult) {
		var turn sync.Mutex
		stdout := formatter.ColorableStdOut
		formatter.ColorableStdOut = io.Discard
		defer func() { formatter.ColorableStdOut = stdout }()

		ginkgo.Describe("zaqarwire", func() {
			for i, o := range cases {
				it(i, o, func(ctx context.Context, o one) CaseResult {
					turn.Lock()
					defer turn.Unlock()
					return judge(ctx, o)
				})
			}
		})
		config, reporting := ginkgo.GinkgoConfiguration()
		config.RandomizeAllSpecs, config.Timeout = false, 0
		ginkgo.RunSpecs(t, "zaqarwire", config, reporting)
		turn.Lock() // a second interrupt makes Ginkgo leave a case that is still being judged
		defer turn.Unlock()
	}
}

// it makes the spec of one case. Ginkgo sorts specs by where they were written:
// the place that it is told is the place in the plan, waiting cases last.
func it(n int, o one, judge func(context.Context, one) CaseResult) {
	labels := ginkgo.Label(string(o.Requirement.ID), string(o.Requirement.Level), o.format.String())
	patience := ginkgo.GracePeriod(math.MaxInt64)
	place := types.CodeLocation{FileName: "plan", LineNumber: n}
	ginkgo.It(o.name(), labels, patience, place, func(spec ginkgo.SpecContext) {
		switch c := judge(spec, o); c.Verdict {
		case Fail:
			ginkgo.Fail(c.Failure.Expected + "; actual: " + c.Failure.Actual)
		case NA, Untested:
			ginkgo.Skip(c.Reason)
		case Pass, Warn:
		}
	})
}

// quietT is the T of an ordinary command: verdicts are in the result.
type quietT struct{}

// Fail does nothing.
func (quietT) Fail() {}

// silent is the reporter of Test.
type silent struct{}

func (silent) Began(Plan)        {}
func (silent) Judged(CaseResult) {}
func (silent) Ended(Result)      {}
