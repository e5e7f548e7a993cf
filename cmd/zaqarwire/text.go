// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"unicode/utf8"
)

// columns is how wide text for people is set.
const columns = 80

// wrap breaks text into lines of at most columns: first stands before the first
// line, rest before each other, and a line feed at the end of the last.
func wrap(text, first, rest string) string {
	var b strings.Builder
	b.WriteString(first)
	width, empty := utf8.RuneCountInString(first), true
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case empty:
		case width+1+n > columns:
			b.WriteString("\n" + rest)
			width = utf8.RuneCountInString(rest)
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
		empty = false
	}
	b.WriteByte('\n')
	return b.String()
}
