// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/conformance"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("result.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("result.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestResultsFitTheirSchema(t *testing.T) {
	t.Parallel()
	stopped := passing()
	stopped.Stopped, stopped.Partial = "interrupted", true
	leaky := passing()
	leaky.Leaks = conformance.Leaks{Created: 1, Leaked: 1, Names: []string{"p/q"}}
	surprised := known(result(), []conformance.Surprise{{
		Known: entry(7, "QUE-1/a-new-queue", "*", conformance.BadValue), What: conformance.SurprisePass, Actual: "[json]",
	}})
	surprised.Profile = conformance.Profile{Name: "x", Without: []string{"next_marker"}, Limits: map[string]int64{"max_frame": 1000}}
	for name, r := range map[string]conformance.Result{"known": known(result(), []conformance.Surprise{}), "surprised": surprised, "failures": result(), "stopped": stopped, "leaks": leaky} {
		text, err := JSON(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled(t).Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSchemaRefusesWhatIsNoResult(t *testing.T) {
	t.Parallel()
	good, err := JSON(result(), "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(m map[string]any){
		"another version":       func(m map[string]any) { m["format_version"] = 1 },
		"no cases":              func(m map[string]any) { delete(m, "cases") },
		"a key more":            func(m map[string]any) { m["more"] = 1 },
		"a failure without why": func(m map[string]any) { delete(m["cases"].([]any)[0].(map[string]any), "failure") },
		"another verdict":       func(m map[string]any) { m["cases"].([]any)[0].(map[string]any)["verdict"] = "skip" },
	} {
		var m map[string]any
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		if err := compiled(t).Validate(m); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestAResultReadsBack(t *testing.T) {
	t.Parallel()
	text, err := JSON(result(), "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	var back conformance.Result
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	again, err := JSON(back, "0.1.0")
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("read and written again it differs (%v)", err)
	}
}
