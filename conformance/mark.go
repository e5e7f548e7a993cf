// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Mark is where in the transcript a failure shows.
type Mark struct {
	// Line counts the lines of the transcript from 0.
	Line int `json:"line"`
	// From and To are the place in the line's short text, in characters: from the
	// one up to and without the other. Equal ones mean the whole line.
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
	// First and Last are the place in a message of MessagePack, in bytes.
	First int `json:"first,omitempty"`
	Last  int `json:"last,omitempty"`
}

// What printers put around the marked place: two characters of private use.
const (
	markBegin = "\uE000"
	markEnd   = "\uE001"
)

// marked is a text with a marked place, in characters.
type marked struct {
	text     string
	from, to int
}

func (m marked) String() string { return m.text }

// markedIn takes the signs of a mark out of a text.
func markedIn(text string) marked {
	before, rest, begun := strings.Cut(text, markBegin)
	inside, after, ended := strings.Cut(rest, markEnd)
	if !begun || !ended {
		return marked{text: text}
	}
	from := utf8.RuneCountInString(before)
	return marked{before + inside + after, from, from + utf8.RuneCountInString(inside)}
}

// stepsTo is as much of a path as leads somewhere in v, in steps.
func stepsTo(v any, path string) (steps []string) {
	for path != "" {
		var step string
		step, path = cutPath(path)
		inside := lookup(v, step)
		if inside == absent || step == "[*]" {
			break
		}
		v, steps = inside, append(steps, step)
	}
	return steps
}

// mark marks the place of a failure in the transcript's line of the answer, which
// is printed anew, so that the place is not cut away.
func (a *Answer) mark(path string) *Mark {
	m := &Mark{Line: a.line}
	if a.end != nil {
		return m
	}
	redacted := a.scene.finished(a.line).Redacted
	short := a.short(path)
	m.From, m.To = short.from, short.to
	a.scene.mu.Lock()
	a.scene.lines[a.line].Short = short.text
	a.scene.mu.Unlock()
	if a.kind != Binary || redacted {
		return m
	}
	if a.err == nil { // else the text shows the bytes
		m.First, m.Last = packedAt(a.data, stepsTo(a.value, path))
	}
	return m
}

// packedAt is the place of a value in a message of MessagePack that can be read.
func packedAt(data []byte, steps []string) (first, last int) {
	r := &packReader{data: data}
	for _, step := range steps {
		if !r.enter(step) {
			return 0, 0
		}
	}
	first = r.at
	if _, err := r.value(0); err != nil || len(steps) == 0 {
		return 0, 0
	}
	return first, r.at
}

// enter goes to the value of a key or to an item such as [3].
func (r *packReader) enter(step string) bool {
	n, isMap, ok := r.container()
	index, err := strconv.Atoi(strings.Trim(step, "[]"))
	isItem := strings.HasPrefix(step, "[") && err == nil
	if !ok || isMap == isItem {
		return false
	}
	for i := range n {
		if isMap {
			key, err := r.value(0)
			if err != nil {
				return false
			}
			if key == any(step) {
				return true
			}
		} else if int(i) == index {
			return true
		}
		if _, err := r.value(0); err != nil {
			return false
		}
	}
	return false
}

// container reads the head of a map or a list.
func (r *packReader) container() (n uint64, isMap, ok bool) {
	head, err := r.uint(1)
	if err != nil {
		return 0, false, false
	}
	switch c := byte(head); {
	case c >= 0x80 && c < 0x90:
		return uint64(c & 0x0f), true, true
	case c >= 0x90 && c < 0xa0:
		return uint64(c & 0x0f), false, true
	case c >= 0xdc && c <= 0xdf:
		n, err := r.uint(2 << (c & 1))
		return n, c >= 0xde, err == nil
	}
	return 0, false, false
}
