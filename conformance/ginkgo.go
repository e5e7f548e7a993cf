// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"io"
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
// silent: ours speaks.
func inGinkgo(t ginkgo.GinkgoTestingT) driver {
	return func(ctx context.Context, cases []one, judge func(context.Context, one) CaseResult) {
		stdout := formatter.ColorableStdOut
		formatter.ColorableStdOut = io.Discard
		defer func() { formatter.ColorableStdOut = stdout }()

		ginkgo.Describe("zaqarwire", func() {
			for i, o := range cases {
				it(ctx, i, o, judge)
			}
		})
		config, reporting := ginkgo.GinkgoConfiguration()
		config.RandomizeAllSpecs = false
		ginkgo.RunSpecs(t, "zaqarwire", config, reporting)
	}
}

// it makes the spec of one case. Ginkgo sorts specs by where they were written:
// the place that it is told is the place in the plan, waiting cases last.
func it(run context.Context, n int, o one, judge func(context.Context, one) CaseResult) {
	labels := ginkgo.Label(string(o.Requirement.ID), string(o.Requirement.Level), o.format.String())
	limit := ginkgo.SpecTimeout(o.Rule.Timeout + turnTime)
	place := types.CodeLocation{FileName: "plan", LineNumber: n}
	ginkgo.It(o.name(), labels, limit, place, func(spec ginkgo.SpecContext) {
		ctx, cancel := context.WithCancel(spec)
		defer cancel()
		defer context.AfterFunc(run, cancel)()
		switch c := judge(ctx, o); c.Verdict {
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
