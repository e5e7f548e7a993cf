// SPDX-License-Identifier: Apache-2.0

package main

import "strings"

// initialisms are the words that Go writes in capitals.
var initialisms = map[string]string{"id": "ID", "ids": "IDs", "ttl": "TTL", "url": "URL", "uri": "URI", "api": "API"}

// goName is a name of the protocol as Go writes it: message_ids is MessageIDs,
// X-Project-ID is ProjectID.
func goName(name string) string {
	name = strings.TrimPrefix(name, "X-")
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' }) {
		if upper, ok := initialisms[strings.ToLower(word)]; ok {
			b.WriteString(upper)
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// unitName is a unit in words.
func unitName(unit string) string {
	switch unit {
	case "s":
		return "seconds"
	case "B":
		return "bytes"
	}
	return unit
}

// comment wraps a text into lines of a Go comment.
func comment(indent, text string) string {
	var b strings.Builder
	line := indent + "//"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > 90 && line != indent+"//" {
			b.WriteString(line + "\n")
			line = indent + "//"
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}

// sentence is a text with a full stop.
func sentence(text string) string {
	text = strings.TrimSuffix(text, ".")
	if text == "" {
		return ""
	}
	return text + "."
}

// lowerFirst is a text to stand within a sentence.
func lowerFirst(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}
