// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// style is a colour; the text is understood without it.
type style string

const (
	plain  style = ""
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	bold   style = "1"
	faint  style = "2"
)

func (c *Console) paint(s style, text string) string {
	if !c.o.Color || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

var colors = regexp.MustCompile("\x1b\\[[0-9]*m")

// printable is a text that does nothing to a terminal, whoever wrote it: a character
// that cannot be printed is U+FFFD there, so that each keeps its place.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return utf8.RuneError
	}, text)
}

// length is how many columns a text takes, colours not counted.
func length(s string) int { return utf8.RuneCountInString(colors.ReplaceAllString(s, "")) }

// spread puts right at the right edge of a line, or on a line of its own.
func spread(left, right string, width int) string {
	room := width - length(left[strings.LastIndex(left, "\n")+1:]) - length(right)
	if room >= 2 {
		return left + strings.Repeat(" ", room) + right
	}
	return left + "\n" + strings.Repeat(" ", max(0, width-length(right))) + right
}

// flow puts parts side by side; one that has no room begins a line, indented.
func flow(width int, indent string, parts ...string) string {
	var text strings.Builder
	at := 0
	for i, part := range parts {
		gap := "   "
		switch {
		case i == 0:
			gap = ""
		case at+len(gap)+length(part) > width:
			gap, at = "\n"+indent, -1
			part = wrap(part, indent, width-length(indent))
		}
		text.WriteString(gap + part)
		at += length(gap) + length(part)
	}
	return text.String()
}

// wrap breaks text at spaces into lines of at most width columns, each after
// the first indented. A word that is longer is broken anywhere.
func wrap(text, indent string, width int) string {
	var lines []string
	line, limit := "", width
	for word := range strings.SplitSeq(text, " ") {
		for {
			switch {
			case line == "":
				line = word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= limit:
				line += " " + word
			default:
				lines = append(lines, line)
				line, limit = word, width
			}
			if runes := []rune(line); len(runes) > limit {
				lines = append(lines, string(runes[:limit]))
				line, word = "", string(runes[limit:])
				continue
			}
			break
		}
	}
	return strings.Join(append(lines, line), "\n"+indent)
}

// ms is a time with one decimal, in milliseconds or, if longer, in seconds.
func ms(d time.Duration) string {
	if d >= time.Second {
		return seconds(d) + " "
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

// trip is a round trip, which can be much less than a millisecond.
func trip(d time.Duration) string {
	if d < time.Millisecond {
		return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
	}
	return ms(d)
}

// seconds is a time with one decimal, in seconds.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// plural is "1 case" or "2 cases".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// dots joins what is not empty.
func dots(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " · ")
}

// few is "3 failed", or nothing for none.
func few(n int, word string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, word)
}

// said is a word if it holds.
func said(holds bool, word string) string {
	if !holds {
		return ""
	}
	return word
}
