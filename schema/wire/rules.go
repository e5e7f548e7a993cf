// SPDX-License-Identifier: Apache-2.0

package wire

// The short names of the rules, as Refusal.Rule has them: first those of a frame
// as such, then those of a field.
const (
	ruleJSON      = "json"      // one JSON value and nothing else
	ruleMsgPack   = "msgpack"   // one MessagePack value and nothing else
	ruleUTF8      = "utf8"      // strings are UTF-8
	ruleSurrogate = "surrogate" // surrogates come in pairs
	ruleKey       = "key"       // keys are strings
	ruleDuplicate = "duplicate" // no key twice in a map
	ruleForeign   = "foreign"   // no bin, no ext
	ruleNumber    = "number"    // JSON: no NaN, no Infinity, nothing beyond a float64
	ruleFinite    = "finite"    // MessagePack: no NaN, no infinity
	ruleInteger   = "integer"   // integers of int64 or uint64
	ruleDepth     = "depth"     // at most max_depth levels
	ruleRequest   = "request"   // a request is a map
	ruleAction    = "action"    // a known action
	ruleAPI       = "api"       // api is v2, if present

	ruleType       = "type"
	ruleRequired   = "required"
	ruleExactlyOne = "exactly_one"
	ruleMin        = "min"
	ruleMax        = "max"
	ruleMinLen     = "min_len"
	ruleMaxLen     = "max_len"
	rulePattern    = "pattern"
	ruleEnum       = "enum"
	ruleMinItems   = "min_items"
	ruleMaxItems   = "max_items"
	ruleMaxBytes   = "max_bytes"
)

// The requirements that the envelope's own parts cite.
const (
	reqHeaders = "FRM-54"
	reqBody    = "FRM-55"
)

// reqOf is the requirement behind a rule whose table names none.
//
// Source: spec/frames.md.
func reqOf(rule string) string {
	switch rule {
	case ruleJSON:
		return "FRM-43"
	case ruleMsgPack:
		return "FRM-44"
	case ruleRequest:
		return "FRM-45"
	case ruleUTF8:
		return "FRM-46"
	case ruleKey:
		return "FRM-47"
	case ruleDuplicate:
		return "FRM-48"
	case ruleNumber:
		return "FRM-49"
	case ruleInteger, ruleSurrogate, ruleForeign, ruleFinite:
		return "FRM-50"
	case ruleDepth:
		return "FRM-52"
	case ruleAction:
		return "FRM-53"
	case ruleRequired:
		return "FRM-56"
	case ruleType:
		return "FRM-57"
	case ruleAPI:
		return "FRM-59"
	}
	return ""
}
