// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Refusal is the first rule that a request breaks.
type Refusal struct { //nolint:errname // the door refuses; the word is the spec's
	// Path is where: "body.messages[0].ttl"; empty for the frame as a whole.
	Path string
	// Rule is the broken rule's short name: "min", "type", "utf8".
	Rule string
	// Req is the id of the requirement behind the rule, for example "MSG-8".
	Req string
	// Text says in plain words what was wrong: "must be at least 60".
	Text string
}

// Error is the path and the text: "body.messages[0].ttl: must be at least 60".
func (r *Refusal) Error() string {
	if r.Path == "" {
		return r.Text
	}
	return r.Path + ": " + r.Text
}

// refuse makes a refusal of the value at hand. Whoever holds that value says
// where it is, with inKey and inItem, on the way out.
func refuse(rule, text string, args ...any) *Refusal {
	return &Refusal{Rule: rule, Text: fmt.Sprintf(text, args...)}
}

// inKey says that the refused value is, or is inside, the value of a map's key.
func (r *Refusal) inKey(key []byte) *Refusal {
	return r.in(keyStep(key))
}

// inItem says that the refused value is, or is inside, an item of a list.
func (r *Refusal) inItem(n int) *Refusal {
	return r.in("[" + strconv.Itoa(n) + "]")
}

func (r *Refusal) in(step string) *Refusal {
	switch {
	case r.Rule == ruleJSON || r.Rule == ruleMsgPack: // there the byte says where
		return r
	case r.Path == "":
		r.Path = step
	case r.Path[0] == '[':
		r.Path = step + r.Path
	default:
		r.Path = step + "." + r.Path
	}
	if len(r.Path) > maxPath {
		r.Path = cut(r.Path, maxPath) + "…"
	}
	return r
}

// under sets the requirement, unless a rule further in has named its own.
func (r *Refusal) under(req string) *Refusal {
	if r.Req == "" {
		r.Req = req
	}
	return r
}

// How much a refusal repeats of what a client chose, in bytes: of a string, and
// of a path.
const (
	maxShown = 40
	maxPath  = 200
)

// keyStep is a key as a step of a path: plain when it is a word, quoted when not.
func keyStep(key []byte) string {
	if len(key) == 0 || len(key) > maxShown {
		return "[" + quote(key) + "]"
	}
	for _, c := range key {
		if !isWord(c) {
			return "[" + quote(key) + "]"
		}
	}
	return string(key)
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// quote shows a client's string in a refusal, cut when it is long.
func quote(s []byte) string {
	return strconv.Quote(clip(s))
}

// clip shortens a client's string when it is long.
func clip(s []byte) string {
	if len(s) <= maxShown {
		return string(s)
	}
	return cut(string(s), maxShown) + "…"
}

// cut returns at most the first n bytes of s, and no part of a character.
func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// words shows the choices of a rule.
func words(choices []string) string { return strings.Join(choices, ", ") }

// count shows how many things a rule asks for.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
