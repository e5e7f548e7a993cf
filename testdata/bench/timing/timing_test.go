// SPDX-License-Identifier: Apache-2.0

package timing_test

import (
	"errors"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
)

func TestACallThatFailsEndsTheMeasurement(t *testing.T) {
	want := errors.New("broken")
	calls := 0
	_, err := timing.PerCall(timing.Repeat(func() error { calls++; return want }), time.Second)
	if !errors.Is(err, want) || calls != 1 {
		t.Errorf("PerCall = %v after %d calls, want %v after 1", err, calls, want)
	}
}

func TestACallOfAMillisecondTakesAboutThat(t *testing.T) {
	got, err := timing.PerCall(timing.Repeat(func() error { <-time.After(time.Millisecond); return nil }), 10*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if got < 1e6 || got > 1e9 {
		t.Errorf("PerCall = %v ns, want 1 ms and little more", got)
	}
}

func TestTheMedianIsTheMiddleOne(t *testing.T) {
	if got := timing.Median([]float64{5, 1, 100, 2, 3}); got != 3 {
		t.Errorf("Median = %v, want 3", got)
	}
}
