// SPDX-License-Identifier: Apache-2.0

package wire

import "regexp"

// pattern is a regular expression that a whole string must match.
type pattern struct {
	text string
	re   *regexp.Regexp
}

// newPattern compiles a pattern of the schema, which the generator has checked.
func newPattern(text string) *pattern {
	return &pattern{text: text, re: regexp.MustCompile(text)}
}

// match tells whether s matches.
func (p *pattern) match(s []byte) bool { return p.re.Match(s) }
