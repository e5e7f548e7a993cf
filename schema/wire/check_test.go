// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"strings"
	"testing"
)

// everyRule is a table that has each rule once.
var everyRule = typeRule{kind: kindMap, req: "T-0", exactlyOne: []string{"one", "other"}, choiceReq: "T-1", fields: []fieldRule{
	{name: "must", required: true, req: "T-2", typ: &typeRule{kind: kindAny}},
	{name: "flag", req: "T-3", typ: &typeRule{kind: kindBool}},
	{name: "number", req: "T-4", typ: &typeRule{kind: kindInt, min: bound{set: true, n: -5}, max: bound{set: true, n: 5}}},
	{name: "below", typ: &typeRule{kind: kindInt, max: bound{set: true, n: -1}}},
	{name: "ratio", typ: &typeRule{kind: kindFloat}},
	{name: "word", req: "T-5", typ: &typeRule{
		kind: kindString, req: "T-6", minLen: bound{set: true, n: 1}, maxLen: bound{set: true, n: 3}, pattern: newPattern("^[a-zé]*$"),
	}},
	{name: "choice", typ: &typeRule{kind: kindString, enum: []string{"red", "blue"}}},
	{name: "maybe", typ: &typeRule{kind: kindString, null: true}},
	{name: "words", req: "T-7", typ: &typeRule{
		kind: kindList, minItems: bound{set: true, n: 1}, maxItems: bound{set: true, n: 2}, items: &typeRule{kind: kindString},
	}},
	{name: "any", typ: &typeRule{kind: kindList}},
	{name: "small", req: "T-8", typ: &typeRule{kind: kindMap, maxBytes: bound{set: true, n: 8}}},
	{name: "one", typ: &typeRule{kind: kindAny}},
	{name: "other", typ: &typeRule{kind: kindMap, fields: []fieldRule{
		{name: "deep", required: true, req: "T-9", typ: &typeRule{kind: kindInt}},
	}}},
}}

func TestEachRuleOfATable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{ // the fields besides must and one, and the refusal
		``:                              "",
		`"unknown":{"a":[1.5]}`:         "",
		`"flag":true`:                   "",
		`"flag":1`:                      "flag: must be a boolean, not an integer (type, T-3)",
		`"number":5`:                    "",
		`"number":-5`:                   "",
		`"number":6`:                    "number: must be at most 5 (max, T-4)",
		`"number":-6`:                   "number: must be at least -5 (min, T-4)",
		`"number":-9223372036854775808`: "number: must be at least -5 (min, T-4)",
		`"number":18446744073709551615`: "number: must be at most 5 (max, T-4)",
		`"number":1.0`:                  "number: must be an integer, not a float (type, T-4)",
		`"number":false`:                "number: must be an integer, not a boolean (type, T-4)",
		`"number":"1"`:                  "number: must be an integer, not a string (type, T-4)",
		`"number":null`:                 "number: must be an integer, not null (type, T-4)",
		`"below":-1`:                    "",
		`"below":0`:                     "below: must be at most -1 (max, T-0)",
		`"ratio":0.5`:                   "",
		`"ratio":1`:                     "ratio: must be a float, not an integer (type, T-0)",
		`"word":"éaz"`:                  "",
		`"word":""`:                     "word: must have at least 1 character (min_len, T-6)",
		`"word":"abcd"`:                 "word: must have at most 3 characters (max_len, T-6)",
		`"word":"A"`:                    "word: must match ^[a-zé]*$ (pattern, T-6)",
		`"word":"a\n"`:                  "word: must match ^[a-zé]*$ (pattern, T-6)",
		`"choice":"blue"`:               "",
		`"choice":"green"`:              "choice: must be one of red, blue (enum, T-0)",
		`"maybe":null`:                  "",
		`"maybe":0`:                     "maybe: must be a string, not an integer (type, T-0)",
		`"words":["a","b"]`:             "",
		`"words":[]`:                    "words: must have at least 1 item (min_items, T-7)",
		`"words":["a","b","c"]`:         "words: must have at most 2 items (max_items, T-7)",
		`"words":["a",null]`:            "words[1]: must be a string, not null (type, T-7)",
		`"words":{}`:                    "words: must be a list, not a map (type, T-7)",
		`"any":[1,null,{"a":[]}]`:       "",
		`"small":{"a":"1234"}`:          "",
		`"small":{"a":"12345"}`:         "small: takes 9 bytes as MessagePack; at most 8 are allowed (max_bytes, T-8)",
		`"other":{"deep":1}`:            "must have exactly one of one, other (exactly_one, T-1)",
		`"other":{}`:                    "other.deep: is required (required, T-9)",
		`"number":6,"flag":1`:           "number: must be at most 5 (max, T-4)",
	} {
		got := ""
		fields := `{"must":null,"one":1` + strings.TrimSuffix(","+text, ",") + `}`
		if r := newChecker().check(&everyRule, mustTranscode(t, fields)); r != nil {
			got = r.Error() + " (" + r.Rule + ", " + r.Req + ")"
		}
		if got != want {
			t.Errorf("check(%s)\n got %s\nwant %s", fields, got, want)
		}
	}
}

func TestWhatIsMissingIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"one":1}`:             "must: is required",
		`{"must":1}`:            "must have exactly one of one, other",
		`{"Must":1,"one":null}`: "must: is required",
	} {
		if r := newChecker().check(&everyRule, mustTranscode(t, text)); r == nil || r.Error() != want {
			t.Errorf("check(%s) = %v, want %s", text, r, want)
		}
	}
}

// newChecker checks with the schema's limits.
func newChecker() *checker { return &checker{limits: &schemaLimits} }

// FuzzCheck holds a table against any value: the verdict hangs on the value, not
// on the form it came in.
func FuzzCheck(f *testing.F) {
	rules := everyRule
	rules.fields = append([]fieldRule(nil), everyRule.fields...)
	for i := range rules.fields { // sizes do hang on the form
		if rules.fields[i].name == "small" {
			rules.fields[i].typ = &typeRule{kind: kindMap}
		}
	}
	for _, seed := range []string{
		`{"must":1,"one":2,"number":5}`, `{"must":1,"other":{"deep":1},"word":"é"}`, `{"words":["a"],"choice":"red"}`,
		`{"must":1,"one":1,"ratio":1.5,"any":[[1]],"maybe":null,"flag":false,"small":{},"below":-3}`,
	} {
		b, _ := transcode([]byte(seed), 100)
		f.Add(b)
	}
	f.Add([]byte("\x82\xa4must\xc0\xa6number\xd3\xff\xff\xff\xff\xff\xff\xff\xfb"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, r := walk(b, 100); r != nil {
			return
		}
		again, r := transcode(appendJSON(nil, b), 100)
		if r != nil {
			t.Fatalf("%x does not survive JSON: %v", b, r)
		}
		first, second := newChecker().check(&rules, b), newChecker().check(&rules, again)
		if (first == nil) != (second == nil) || first != nil && *first != *second {
			t.Fatalf("%x: %v\n%x: %v", b, first, again, second)
		}
	})
}
