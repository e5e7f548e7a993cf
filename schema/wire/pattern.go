// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"math"
	"regexp"
	"regexp/syntax"
)

// pattern is a regular expression (RE2) that a whole string must match.
//
// The schema's patterns are rows of ASCII classes, such as ^[a-z_]+$. Those are
// matched by counting, some ten times as fast as package regexp.
type pattern struct {
	text string
	re   *regexp.Regexp
	row  []run // nil: the pattern is something else, and re decides
}

// run is a class of characters, repeated.
type run struct {
	class    [256]bool
	min, max int
}

// newPattern compiles a pattern of the schema, which the generator has checked.
func newPattern(text string) *pattern {
	return &pattern{text: text, re: regexp.MustCompile(text), row: rowOf(text)}
}

// match tells whether s matches.
func (p *pattern) match(s []byte) bool {
	if p.row == nil {
		return p.re.Match(s)
	}
	for k := range p.row {
		r, n := &p.row[k], 0
		for n < r.max && n < len(s) && r.class[s[n]] {
			n++
		}
		if n < r.min {
			return false
		}
		s = s[n:]
	}
	return len(s) == 0
}

// rowOf returns the runs of a pattern; nil when it is not ^, ASCII classes, $,
// or when taking as many of each as there are could miss a match.
func rowOf(text string) []run {
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil || re.Op != syntax.OpConcat || len(re.Sub) < 3 {
		return nil
	}
	last := len(re.Sub) - 1
	if re.Sub[0].Op != syntax.OpBeginText || re.Sub[last].Op != syntax.OpEndText {
		return nil
	}
	var row []run
	for _, sub := range re.Sub[1:last] {
		r, ok := runOf(sub)
		if !ok {
			return nil
		}
		row = append(row, r)
	}
	if !greedy(row) {
		return nil
	}
	return row
}

// runOf reads one class and its repetition.
func runOf(re *syntax.Regexp) (r run, ok bool) {
	r.min, r.max = 1, 1
	switch re.Op {
	case syntax.OpStar:
		r.min, r.max = 0, math.MaxInt
	case syntax.OpPlus:
		r.max = math.MaxInt
	case syntax.OpQuest:
		r.min = 0
	case syntax.OpRepeat:
		r.min, r.max = re.Min, re.Max
		if r.max < 0 {
			r.max = math.MaxInt
		}
	default:
		return r, r.setClass(re)
	}
	return r, r.setClass(re.Sub[0])
}

// setClass reads a class, or a character, of ASCII.
func (r *run) setClass(re *syntax.Regexp) bool {
	ranges := re.Rune
	if re.Op == syntax.OpLiteral && len(re.Rune) == 1 && re.Flags&syntax.FoldCase == 0 {
		ranges = []rune{re.Rune[0], re.Rune[0]}
	} else if re.Op != syntax.OpCharClass {
		return false
	}
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i+1] > 0x7f {
			return false
		}
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			r.class[c] = true
		}
	}
	return true
}

// greedy tells whether taking as many characters for each run as there are finds
// every match: no run of varying length takes what a later one might need.
func greedy(row []run) bool {
	for i := range row {
		if row[i].min == row[i].max {
			continue
		}
		for _, next := range row[i+1:] {
			if overlap(&row[i].class, &next.class) {
				return false
			}
			if next.min > 0 {
				break
			}
		}
	}
	return true
}

func overlap(a, b *[256]bool) bool {
	for c := range a {
		if a[c] && b[c] {
			return true
		}
	}
	return false
}
