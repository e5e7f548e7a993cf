// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"maps"
	"testing"

	"github.com/zaqarwire/zaqarwire/schema"
)

func TestFrameCasesKnowEveryActionAndField(t *testing.T) {
	got := map[string]M{}
	for _, c := range (bench{}).calls() {
		if got[c.action] == nil {
			got[c.action] = M{}
		}
		maps.Copy(got[c.action], c.body)
	}
	for _, a := range schema.Model().Actions {
		for _, f := range a.Request {
			value, ok := got[a.Name][f.Name]
			if !ok {
				t.Errorf("%s: no case sends the field %s", a.Name, f.Name)
				continue
			}
			if kind := kindOf(value); kind != f.Shape.Kind {
				t.Errorf("%s: %s is sent as %s, is %s in the schema", a.Name, f.Name, kind, f.Shape.Kind)
			}
			delete(got[a.Name], f.Name)
		}
		if len(got[a.Name]) > 0 {
			t.Errorf("%s: the schema has no %v", a.Name, sortedKeys(got[a.Name]))
		}
		delete(got, a.Name)
	}
	if len(got) > 0 {
		t.Errorf("the schema has no actions %v", got)
	}
}

func kindOf(v any) schema.Kind {
	switch v.(type) {
	case bool:
		return schema.Bool
	case int:
		return schema.Int
	case string:
		return schema.String
	case L:
		return schema.List
	case M:
		return schema.Map
	}
	return schema.Any
}
