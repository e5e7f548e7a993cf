// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"regexp"

	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
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
		a, err := timing.PerCall(r.ours, o.each)
		if err != nil {
			return fmt.Errorf("%s, ours: %w", r.name, err)
		}
		b, err := timing.PerCall(r.theirs, o.each)
		if err != nil {
			return fmt.Errorf("%s, theirs: %w", r.name, err)
		}
		ours, theirs, ratios = append(ours, a), append(theirs, b), append(ratios, b/a)
	}
	ratio, target := timing.Median(ratios), ""
	if r.target > 0 {
		target = t.verdict(ratio >= r.target, fmt.Sprintf(">= %.2f", r.target))
	}
	t.line(r.name, nanoseconds(timing.Median(ours)), nanoseconds(timing.Median(theirs)), fmt.Sprintf("%.2f", ratio), target)
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
