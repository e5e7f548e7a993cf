// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"slices"
	"unicode/utf8"
)

// checker holds a walked value against its table, on the bytes as they are.
type checker struct {
	b      []byte
	limits *Limits // with defaults
}

// check returns the first rule of t that the walked value raw breaks, if any.
func (c *checker) check(t *typeRule, raw Raw) *Refusal {
	c.b = raw
	_, r := c.value(t, 0)
	return r
}

// value checks the value at i and returns the offset behind it.
func (c *checker) value(t *typeRule, i int) (int, *Refusal) {
	if t == nil || t.kind == kindAny {
		return skip(c.b, i), nil
	}
	got := kindOf(c.b[i])
	if got == kindNull && t.null {
		return i + 1, nil
	}
	if got != t.kind {
		return i, refuse(ruleType, "must be %s, not %s", t.kind, describe(c.b[i])).under(t.req)
	}
	var r *Refusal
	start := i
	switch t.kind {
	case kindInt:
		r = c.integer(t, i)
		i = skip(c.b, i)
	case kindString:
		var s []byte
		s, i = stringAt(c.b, i)
		r = c.text(t, s)
	case kindList:
		i, r = c.items(t, i)
	case kindMap:
		i, r = c.pairs(t, i)
	default:
		return skip(c.b, i), nil
	}
	if limit, ok := t.maxBytes.value(c.limits); r == nil && ok && i-start > limit {
		r = refuse(ruleMaxBytes, "takes %d bytes as MessagePack; at most %d are allowed", i-start, limit).under(t.maxBytes.req)
	}
	if r != nil {
		return i, r.under(t.req)
	}
	return i, nil
}

func (c *checker) integer(t *typeRule, i int) *Refusal {
	n, negative := integerAt(c.b, i)
	if limit, ok := t.min.value(c.limits); ok && below(n, negative, limit) {
		return refuse(ruleMin, "must be at least %d", limit).under(t.min.req)
	}
	if limit, ok := t.max.value(c.limits); ok && above(n, negative, limit) {
		return refuse(ruleMax, "must be at most %d", limit).under(t.max.req)
	}
	return nil
}

// below tells whether the integer is less than limit. With negative, it is int64(n).
func below(n uint64, negative bool, limit int) bool {
	if negative {
		return int64(n) < int64(limit)
	}
	return limit > 0 && n < uint64(limit)
}

// above tells whether the integer is more than limit. With negative, it is int64(n).
func above(n uint64, negative bool, limit int) bool {
	if negative {
		return int64(n) > int64(limit)
	}
	return limit < 0 || n > uint64(limit)
}

func (c *checker) text(t *typeRule, s []byte) *Refusal {
	if limit, ok := t.minLen.value(c.limits); ok && utf8.RuneCount(s) < limit {
		return refuse(ruleMinLen, "must have at least %s", count(limit, "character")).under(t.minLen.req)
	}
	if limit, ok := t.maxLen.value(c.limits); ok && len(s) > limit && utf8.RuneCount(s) > limit {
		return refuse(ruleMaxLen, "must have at most %s", count(limit, "character")).under(t.maxLen.req)
	}
	if t.pattern != nil && !t.pattern.match(s) {
		return refuse(rulePattern, "must match %s", t.pattern.text)
	}
	if len(t.enum) > 0 && !among(t.enum, s) {
		return refuse(ruleEnum, "must be one of %s", words(t.enum))
	}
	return nil
}

func (c *checker) items(t *typeRule, i int) (int, *Refusal) {
	n, i := countAt(c.b, i)
	if limit, ok := t.minItems.value(c.limits); ok && n < limit {
		return i, refuse(ruleMinItems, "must have at least %s", count(limit, "item")).under(t.minItems.req)
	}
	if limit, ok := t.maxItems.value(c.limits); ok && n > limit {
		return i, refuse(ruleMaxItems, "must have at most %s", count(limit, "item")).under(t.maxItems.req)
	}
	if n > maxElements {
		return i, refuse(ruleMaxItems, "must have at most %s", count(maxElements, "item"))
	}
	for k := range n {
		next, r := c.value(t.items, i)
		if r != nil {
			return i, r.inItem(k)
		}
		i = next
	}
	return i, nil
}

// pairs checks a map. Keys that are not declared hold any value.
func (c *checker) pairs(t *typeRule, i int) (int, *Refusal) {
	n, i := countAt(c.b, i)
	if n > maxElements {
		return i, refuse(ruleMaxItems, "must have at most %s", count(maxElements, "key"))
	}
	var seen uint64 // a bit for each declared field
	choices := 0
	for range n {
		key, at := stringAt(c.b, i)
		f := t.field(key)
		if f < 0 {
			i = skip(c.b, at)
			continue
		}
		next, r := c.value(t.fields[f].typ, at)
		if r != nil {
			return i, r.inKey(key).under(t.fields[f].req)
		}
		seen |= 1 << f
		if among(t.exactlyOne, key) {
			choices++
		}
		i = next
	}
	for f := range t.fields {
		if t.fields[f].required && seen&(1<<f) == 0 {
			return i, refuse(ruleRequired, "is required").inKey([]byte(t.fields[f].name)).under(t.fields[f].req)
		}
	}
	if len(t.exactlyOne) > 0 && choices != 1 {
		return i, refuse(ruleExactlyOne, "must have exactly one of %s", words(t.exactlyOne)).under(t.choiceReq)
	}
	return i, nil
}

// field returns the index of the declared field of that name, -1 if there is none.
func (t *typeRule) field(name []byte) int {
	for f := range t.fields {
		if t.fields[f].name == string(name) {
			return f
		}
	}
	return -1
}

// value returns the bound's number; false when there is no bound.
func (b *bound) value(limits *Limits) (int, bool) {
	if b.limit != 0 {
		return int(limits.of(b.limit)), b.set
	}
	return int(b.n), b.set
}

func among(words []string, s []byte) bool {
	return slices.Contains(words, string(s))
}
