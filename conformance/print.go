// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"encoding/hex"
	"fmt"
	"regexp"
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
	// elide are keys whose whole value is printed as the text given.
	elide map[string]string
}

// The longest that a printed string, list and map are before they are cut, and
// the deepest that is shown.
const (
	longString = 72
	longList   = 12
	deepest    = 8
)

func (p printer) value(v any) string {
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

// within prints what lies inside of p's value.
func (p printer) within() printer { return printer{cut: p.cut, depth: p.depth + 1} }

func (p printer) dict(m M) string {
	if p.cut && p.depth > deepest && len(m) > 0 {
		return "{…}"
	}
	keys := sortedKeys(m)
	parts := make([]string, 0, len(m))
	for i, k := range keys {
		if p.cut && i == longList {
			parts = append(parts, fmt.Sprintf("… %d in all", len(m)))
			break
		}
		text, elided := p.elide[k]
		if !elided {
			text = p.within().value(m[k])
		}
		parts = append(parts, p.key(k)+": "+text)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (p printer) list(l L) string {
	if p.cut && p.depth > deepest && len(l) > 0 {
		return "[…]"
	}
	parts := make([]string, 0, len(l))
	for i, e := range l {
		if p.cut && i == longList {
			parts = append(parts, fmt.Sprintf("… %d in all", len(l)))
			break
		}
		parts = append(parts, p.within().value(e))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
