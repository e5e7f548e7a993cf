// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
)

// speeds are what was measured of one way of one codec: nanoseconds, and multiples
// of what the first codec took in the same round.
type speeds struct{ took, ratios []float64 }

// speedTable says how long writing and reading each frame takes: of the first
// encoding in time, of the others in multiples of that. In each round all take
// turns, so that a machine that slows down slows down all.
func speedTable(all []sample, each time.Duration, rounds int) (string, error) {
	var t strings.Builder
	racers := append(encodings(), doors()...)
	var names []string
	for _, e := range racers {
		names = append(names, e.name)
	}
	head(&t, names...)
	for _, s := range all {
		cells := []string{s.name}
		codecs := make([]codec, len(racers))
		for i, e := range racers {
			var err error
			if codecs[i], err = e.of(s); err != nil {
				return "", err
			}
		}
		writes, reads, err := race(codecs, each, rounds)
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.name, err)
		}
		for i := range codecs {
			cells = append(cells, writes[i].cell(i == 0)+"\u00a0/\u00a0"+reads[i].cell(i == 0))
		}
		row(&t, cells...)
	}
	return t.String(), nil
}

// cell is a median; "–" for what a codec does not do.
func (s speeds) cell(first bool) string {
	switch {
	case len(s.took) == 0:
		return "–"
	case first:
		return fmt.Sprintf("%.1f\u00a0µs", timing.Median(s.took)/1e3)
	}
	return fmt.Sprintf("%.2f", timing.Median(s.ratios))
}

func race(codecs []codec, each time.Duration, rounds int) (writes, reads []speeds, err error) {
	writes, reads = make([]speeds, len(codecs)), make([]speeds, len(codecs))
	for range rounds {
		for i, c := range codecs {
			if c.write != nil {
				err = measure(&writes[0], &writes[i], each, func() error { _, err := c.write(); return err })
			}
			if c.read != nil && err == nil {
				err = c.measureReading(&reads[0], &reads[i], each)
			}
			if err != nil {
				return nil, nil, err
			}
		}
	}
	return writes, reads, nil
}

// measureReading measures the reading of what the codec itself writes, or is said
// to read.
func (c codec) measureReading(first, to *speeds, each time.Duration) error {
	frame := c.frame
	if frame == nil {
		var err error
		if frame, err = c.write(); err != nil {
			return err
		}
	}
	return measure(first, to, each, func() error { _, err := c.read(frame); return err })
}

// measure adds one round; first is what it is compared with, and may be the same.
func measure(first, to *speeds, each time.Duration, do func() error) error {
	took, err := timing.PerCall(timing.Repeat(do), each)
	if err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	to.took = append(to.took, took)
	to.ratios = append(to.ratios, took/first.took[len(first.took)-1])
	return nil
}
