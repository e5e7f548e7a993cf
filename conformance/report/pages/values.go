// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// The most that is shown of a value: characters of a string, entries of a map or a
// list, levels, and characters in all.
const (
	maxString  = 400
	maxEntries = 40
	maxLevels  = 12
	maxValue   = 6000
	maxShort   = 160 // of what is expected, where many are listed
)

// excerpt is a text with a place that is marked.
type excerpt struct{ Before, Marked, After string }

var pathStep = regexp.MustCompile(`\[[^\]]*\]|[^.\[]+`)

// indented is a value of the protocol, an entry a line. As much of the path as leads
// somewhere leads to the place that is marked; long values are cut, that place is not.
func indented(v any, path string) excerpt {
	w := &indenting{from: -1}
	w.value(v, pathStep.FindAllString(path, -1), path != "", 0)
	text := w.text.String()
	if w.from <= 0 { // the whole, or nothing
		return excerpt{Before: cut(text, maxValue)}
	}
	return excerpt{tail(text[:w.from]), text[w.from:w.to], cut(text[w.to:], maxValue)}
}

// cut shortens the end of a text.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return fmt.Sprintf("%s… (%d characters more)", string(runes[:most]), len(runes)-most)
}

// tail shortens the begin of a text.
func tail(text string) string {
	runes := []rune(text)
	if len(runes) <= maxValue {
		return text
	}
	return fmt.Sprintf("(%d characters before) …%s", len(runes)-maxValue, string(runes[len(runes)-maxValue:]))
}

type indenting struct {
	text     strings.Builder
	from, to int
}

// value writes v; on says that the marked place is v or lies in it, behind the steps.
func (w *indenting) value(v any, steps []string, on bool, depth int) {
	if on && !leads(v, steps) {
		w.from = w.text.Len()
		defer func() { w.to = w.text.Len() }()
		on = false
	}
	switch v := v.(type) {
	case conformance.M:
		keys := slices.Sorted(maps.Keys(v))
		w.entries("{", "}", len(keys), depth, func(i int) bool {
			return on && keys[i] == steps[0]
		}, func(i int, inside bool) {
			w.text.WriteString(conformance.Print(keys[i]) + ": ")
			w.value(v[keys[i]], rest(steps, inside), inside, depth+1)
		})
	case conformance.L:
		w.entries("[", "]", len(v), depth, func(i int) bool {
			return on && steps[0] == fmt.Sprintf("[%d]", i)
		}, func(i int, inside bool) {
			w.value(v[i], rest(steps, inside), inside, depth+1)
		})
	default:
		w.text.WriteString(cut(conformance.Print(v), maxString))
	}
}

// entries writes those of a map or a list; the marked one is never left out.
func (w *indenting) entries(begin, end string, n, depth int, marked func(int) bool, write func(i int, inside bool)) {
	w.text.WriteString(begin)
	left := 0
	for i := range n {
		inside := marked(i)
		if !inside && (i >= maxEntries || depth >= maxLevels) {
			left++
			continue
		}
		w.text.WriteString("\n" + strings.Repeat("  ", depth+1))
		write(i, inside)
		if i < n-1 {
			w.text.WriteString(",")
		}
	}
	if left > 0 {
		fmt.Fprintf(&w.text, "\n%s… %d more", strings.Repeat("  ", depth+1), left)
	}
	if n > 0 {
		w.text.WriteString("\n" + strings.Repeat("  ", depth))
	}
	w.text.WriteString(end)
}

// leads says whether the first step leads from v to something.
func leads(v any, steps []string) bool {
	if len(steps) == 0 {
		return false
	}
	switch v := v.(type) {
	case conformance.M:
		_, ok := v[steps[0]]
		return ok
	case conformance.L:
		return slices.ContainsFunc(steps[:1], func(s string) bool {
			var i int
			_, err := fmt.Sscanf(s, "[%d]", &i)
			return err == nil && i >= 0 && i < len(v)
		})
	}
	return false
}

func rest(steps []string, inside bool) []string {
	if !inside {
		return nil
	}
	return steps[1:]
}
