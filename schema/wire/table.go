// SPDX-License-Identifier: Apache-2.0

package wire

// The check tables say what each action takes. Their types are here, their data
// is generated from the schema by cmd/zwgen, and check.go reads them. Of the four
// generated files of this package, actions_gen.go holds the tables, limits_gen.go
// the limits that their bounds may name, bodies_gen.go the structs of headers and
// bodies, and codecs_gen.go what msgp makes of those. Defaults and bounds are not
// applied by the codecs: the tables hold the bounds, and who uses a value its
// default.

// actionRule is what one action takes.
type actionRule struct {
	name    string
	access  Access
	http    HTTP
	headers typeRule // of kindMap
	body    typeRule // of kindMap
}

// fieldRule is one declared key of a map. Keys that are not declared are let through.
type fieldRule struct {
	name     string
	required bool
	req      string // the requirement behind the field, for example "MSG-3"
	typ      *typeRule
}

// typeRule is what a value must be. Only the rules of its kind are read.
type typeRule struct {
	kind kind
	null bool   // null is allowed too
	req  string // the requirement behind the rules; empty means the field's

	min, max       bound    // kindInt: the value, both inclusive
	minLen, maxLen bound    // kindString: the length in code points
	pattern        *pattern // kindString: the whole string must match
	enum           []string // kindString: one of these; empty means any

	minItems, maxItems bound     // kindList: the number of items
	items              *typeRule // kindList: each item; nil means any value

	fields     []fieldRule // kindMap: the declared keys, at most 64
	exactlyOne []string    // kindMap: exactly one of these keys is present; empty means no such rule
	choiceReq  string      // the requirement behind exactlyOne

	maxBytes bound // kindList, kindMap: the size of the value in MessagePack bytes as received
}

// kind is what a value is. An integer is never a float, nor a boolean.
type kind uint8

const (
	kindAny kind = iota // any value, null included
	kindBool
	kindInt
	kindFloat
	kindString
	kindList
	kindMap
	kindNull // never in a table
)

// String names the kind as a refusal does.
func (k kind) String() string {
	return [...]string{"any value", "a boolean", "an integer", "a float", "a string", "a list", "a map", "null"}[k]
}

// bound is one end of a range: a number, or a limit that a server may set.
// The zero bound is no bound.
type bound struct {
	set   bool
	n     int64   // the number, when limit is zero
	limit limitID // the limit that holds the number
	req   string  // the requirement behind the bound; empty means the type's
}

// maxElements is how many elements the codecs read in a list or map that a table
// declares: the number in their //msgp:limit. The door refuses more, so that a
// checked body always decodes.
const maxElements = 1 << 16

// limitID names a field of Limits. Zero names none.
type limitID uint8
