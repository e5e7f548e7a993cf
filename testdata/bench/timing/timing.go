// SPDX-License-Identifier: Apache-2.0

// Package timing measures how long calls take.
package timing

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// PerCall returns how many nanoseconds one call takes, measured for about as
// long as each says. What it is given does the same thing n times.
func PerCall(do func(n int) error, each time.Duration) (float64, error) {
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

// Repeat returns what PerCall wants, of what is done once.
func Repeat(do func() error) func(n int) error {
	return func(n int) error {
		for range n {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	}
}

// Median is the middle of some numbers, of which there is at least one.
func Median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

// Machine says what numbers were taken on.
func Machine() string {
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
