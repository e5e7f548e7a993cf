// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"strconv"
	"strings"
	"testing"
)

func TestTheGeneratedTablesAreWhatTheCheckerCanRead(t *testing.T) {
	t.Parallel()
	if len(actionRules) != len(bodies) {
		t.Errorf("%d tables, %d bodies", len(actionRules), len(bodies))
	}
	for name, action := range actionRules {
		if action.name != name || bodies[name] == nil || action.headers.kind != kindMap || action.body.kind != kindMap {
			t.Errorf("the table of %s is not one of an action: %+v", name, action)
		}
		wantReadable(t, name, &action.headers)
		wantReadable(t, name, &action.body)
	}
}

func wantReadable(t *testing.T, where string, rule *typeRule) {
	t.Helper()
	if rule == nil {
		return
	}
	if rule.kind > kindMap {
		t.Errorf("%s has the kind %d", where, rule.kind)
	}
	if rule.pattern != nil && rule.pattern.row == nil {
		t.Errorf("%s: %s is matched slowly", where, rule.pattern.text)
	}
	if len(rule.fields) > 64 {
		t.Errorf("%s has %d fields, at most 64 can be told apart", where, len(rule.fields))
	}
	for _, choice := range rule.exactlyOne {
		if rule.field([]byte(choice)) < 0 {
			t.Errorf("%s: the choice %s is no field", where, choice)
		}
	}
	wantReadable(t, where+"[]", rule.items)
	for _, f := range rule.fields {
		if f.req == "" {
			t.Errorf("%s.%s cites no requirement", where, f.name)
		}
		wantReadable(t, where+"."+f.name, f.typ)
	}
}

// TestTheMostElementsTheDoorLetsThroughDecode: one more is refused at the door,
// so a checked body always decodes.
func TestTheMostElementsTheDoorLetsThroughDecode(t *testing.T) {
	t.Parallel()
	keys := func(n int) string { // a body of n keys
		var b strings.Builder
		for i := range n - 1 {
			b.WriteString(`"` + strconv.Itoa(i) + `":0,`)
		}
		return `{` + b.String() + `"queue_name":"q"}`
	}
	types := func(n int) string { // a body with a list of n items
		return `{"queue_name":"q","resource_types":[` + strings.TrimSuffix(strings.Repeat(`"messages",`, n), ",") + `]}`
	}
	for name, tc := range map[string]struct {
		body, refused string
	}{
		"as many keys as can be":  {keys(maxElements), ""},
		"one key more":            {keys(maxElements + 1), "body: must have at most 65536 keys"},
		"as many items as can be": {types(maxElements), ""},
		"one item more":           {types(maxElements + 1), "body.resource_types: must have at most 65536 items"},
	} {
		req := new(Door).Decode(JSON, []byte(`{"action":"queue_purge",`+goodHeaders+`,"body":`+tc.body+`}`))
		switch {
		case req.Refusal != nil && req.Refusal.Error() != tc.refused:
			t.Errorf("%s: %v, want %q", name, req.Refusal, tc.refused)
		case req.Refusal == nil && tc.refused != "":
			t.Errorf("%s is accepted", name)
		case req.Refusal == nil:
			if err := req.Body.Decode(new(QueuePurge)); err != nil {
				t.Errorf("%s: the checked body does not decode: %v", name, err)
			}
		}
	}
}
