// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A row compares two ways to do the same thing. Each side does it n times.
type row struct {
	name         string
	ours, theirs func(n int) error
	target       float64 // how many times faster ours is to be; 0: for information
}

// A table prints rows and counts the targets that were missed.
type table struct {
	out    io.Writer
	only   *regexp.Regexp
	missed int
}

func (t *table) head() { t.line("", "ours", "theirs", "ratio", "target") }

func (t *table) line(name, ours, theirs, ratio, target string) {
	fmt.Fprintf(t.out, "%-60s %12s %12s %8s  %s\n", name, ours, theirs, ratio, target)
}

func (t *table) foot() {
	if t.missed == 0 {
		fmt.Fprintln(t.out, "\nno target missed")
		return
	}
	fmt.Fprintf(t.out, "\n%d targets missed; testdata/bench/main.go says how to see a profile\n", t.missed)
}

// race measures both sides of a row in turn, so that a machine that slows down
// slows down both.
func (t *table) race(r row, o options) error {
	if !t.only.MatchString(r.name) {
		return nil
	}
	var ours, theirs, ratios []float64
	for range o.rounds {
		a, err := perCall(r.ours, o.each)
		if err != nil {
			return fmt.Errorf("%s, ours: %w", r.name, err)
		}
		b, err := perCall(r.theirs, o.each)
		if err != nil {
			return fmt.Errorf("%s, theirs: %w", r.name, err)
		}
		ours, theirs, ratios = append(ours, a), append(theirs, b), append(ratios, b/a)
	}
	ratio, target := median(ratios), ""
	if r.target > 0 {
		target = t.verdict(ratio >= r.target, fmt.Sprintf(">= %.2f", r.target))
	}
	t.line(r.name, nanoseconds(median(ours)), nanoseconds(median(theirs)), fmt.Sprintf("%.2f", ratio), target)
	return nil
}

// atMost prints a row that has a bound instead of an opponent.
func (t *table) atMost(name, got string, met bool, bound string) {
	t.line(name, got, "", "", t.verdict(met, "<= "+bound))
}

func (t *table) verdict(met bool, target string) string {
	if met {
		return target + " met"
	}
	t.missed++
	return target + " MISSED"
}

// perCall returns how many nanoseconds one call takes, measured for about as
// long as each says.
func perCall(do func(n int) error, each time.Duration) (float64, error) {
	for n := 1; ; {
		start := time.Now()
		if err := do(n); err != nil {
			return 0, err
		}
		took := time.Since(start)
		if took >= each*9/10 {
			return float64(took.Nanoseconds()) / float64(n), nil
		}
		per := max(took/time.Duration(n), time.Nanosecond)
		n = max(n+1, min(100*n, int(each/per)))
	}
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

func nanoseconds(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.1f us", ns/1e3)
	default:
		return fmt.Sprintf("%.1f ms", ns/1e6)
	}
}

// machine says what the numbers were taken on.
func machine() string {
	return fmt.Sprintf("%s %s/%s, %d processors, %s", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor())
}

func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "processor unknown"
	}
	for line := range strings.Lines(string(info)) {
		if key, name, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(name)
		}
	}
	return "processor unknown"
}
