// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// absent is what stands at a path that leads nowhere; null is a value.
type absentValue struct{}

var absent = absentValue{}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// printed is v for people, on one line: JSON whose plain keys need no quotes,
// with `…` where a long string or list was cut.
func printed(v any) string { return printer{cut: true}.value(v) }

// printedWhole is printed without any cut.
func printedWhole(v any) string { return printer{}.value(v) }

type printer struct {
	cut bool
	// depth is how deep the value lies; a cut one ends at deepest.
	depth int
	// elide are keys, and keys of keys, whose whole value is printed as the text
	// given.
	elide map[string]string
	// focus leads to a place that is marked and not cut away; nil for none.
	focus []string
	// ordered puts the keys of an envelope first, in the order that people ask.
	ordered bool
}

// The longest that a printed string, list and map are before they are cut, and
// the deepest that is shown.
const (
	longString = 72
	longList   = 12
	deepest    = 8
)

// envelope prints a whole message.
func (p printer) envelope(v any) string {
	p.ordered = true
	return p.value(v)
}

func (p printer) value(v any) string {
	if p.focus != nil && len(p.focus) == 0 {
		p.focus = nil
		return markBegin + p.value(v) + markEnd
	}
	switch v := v.(type) {
	case absentValue:
		return "absent"
	case float64:
		return floatText(v)
	case string:
		return p.text(v)
	case Bin:
		return fmt.Sprintf("bin(%s)", p.hex(v))
	case Ext:
		return fmt.Sprintf("ext(%d, %s)", v.Type, p.hex(v.Data))
	case []any:
		return p.list(v)
	case map[string]any:
		return p.dict(v)
	case nil:
		return "null"
	default:
		return fmt.Sprint(v)
	}
}

func (p printer) key(k string) string {
	if plainKey.MatchString(k) {
		return k
	}
	return p.text(k)
}

func (p printer) text(s string) string {
	if runes := []rune(s); p.cut && len(runes) > longString {
		return fmt.Sprintf("%q… (%d characters)", string(runes[:longString/2]), len(runes))
	}
	if quoted, err := appendQuoted(nil, s); err == nil {
		return string(quoted)
	}
	return fmt.Sprintf("%q", s)
}

func (p printer) hex(b []byte) string {
	if p.cut && len(b) > longString/2 {
		return fmt.Sprintf("%x… %d bytes", b[:longString/2], len(b))
	}
	return hex.EncodeToString(b)
}

// within prints what lies inside of p's value, behind a step.
func (p printer) within(step string) printer {
	in := printer{cut: p.cut, depth: p.depth + 1}
	if p.leadsTo(step) {
		in.focus = p.focus[1:]
	}
	if p.depth == 0 {
		for key, text := range p.elide {
			if rest, ok := strings.CutPrefix(key, step+"."); ok {
				if in.elide == nil {
					in.elide = map[string]string{}
				}
				in.elide[rest] = text
			}
		}
	}
	return in
}

// leadsTo says whether the marked place lies behind a step.
func (p printer) leadsTo(step string) bool { return len(p.focus) > 0 && p.focus[0] == step }

func (p printer) dict(m M) string {
	if p.cut && p.depth > deepest && len(m) > 0 && p.focus == nil {
		return "{…}"
	}
	keys := sortedKeys(m)
	if p.ordered {
		slices.SortStableFunc(keys, func(a, b string) int { return rank(a) - rank(b) })
	}
	var parts []string
	for i, k := range keys {
		switch text, elided := p.elide[k]; {
		case p.cut && i >= longList && !p.leadsTo(k):
			if i == longList {
				parts = append(parts, fmt.Sprintf("… %d in all", len(m)))
			}
		case elided:
			parts = append(parts, p.key(k)+": "+text)
		case isSecret(k):
			parts = append(parts, p.key(k)+": "+strconv.Quote(redacted))
		default:
			parts = append(parts, p.key(k)+": "+p.within(k).value(m[k]))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (p printer) list(l L) string {
	if p.cut && p.depth > deepest && len(l) > 0 && p.focus == nil {
		return "[…]"
	}
	var parts []string
	for i, e := range l {
		step := "[" + strconv.Itoa(i) + "]"
		switch {
		case !p.cut || i < longList:
			parts = append(parts, p.within(step).value(e))
		case p.leadsTo(step):
			parts = append(parts, fmt.Sprintf("(item %d) %s", i, p.within(step).value(e)))
		case i == longList:
			parts = append(parts, fmt.Sprintf("… %d in all", len(l)))
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// rank is the place of a key in an envelope.
func rank(key string) int {
	if at := slices.Index([]string{"action", "headers", "body"}, key); at >= 0 {
		return at
	}
	return 3
}
