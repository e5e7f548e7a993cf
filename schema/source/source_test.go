// SPDX-License-Identifier: Apache-2.0

package source

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/schema"
)

// small is a whole schema in two files. Tests change a part of it.
var small = map[string]string{
	"protocol.yaml": `protocol: {name: tiny, title: Tiny, api: v2, doc: A small one., files: [things]}
limits:
  max_size: {default: 10, unit: things, doc: most things}
headers:
  Client-ID: {type: string, doc: Who asks., req: FRM-1, examples: [me]}
envelope:
  required_headers: [Client-ID]
  missing_req: FRM-1
  type_req: FRM-2
  request:
    action: {type: string, required: true, doc: What to do.}
  reply:
    body: {type: any, required: true, doc: The answer.}
  examples:
    headers: {Client-ID: me}
`,
	"things.yaml": `types:
  Name: {base: string, doc: A name., min_len: 1, pattern: '^[a-z]+$', examples: [ab], invalid: ["", A1]}
  Thing:
    base: struct
    doc: A thing.
    req: QUE-1
    fields:
      name: {type: Name, required: true, doc: Its name.}
      size: {type: int, min: 1, max: $max_size, doc: Its size., examples: [10], invalid: [0, 11, 1.0]}
actions:
  thing_create:
    doc: Makes a thing.
    rest: {method: PUT, path: "/v2/things/{name}", query: {size: size}}
    request:
      name: {type: Name, required: true, doc: Its name.}
      size: {type: int, default: $max_size, min: 1, doc: Its size.}
    responses:
      created: {status: 201, when: it is new, body: Thing, req: QUE-1}
    examples:
      - request: {name: ab}
        response: {status: 201, body: {name: ab, size: 3}}
`,
}

func knownInTests(id string) bool { return id == "FRM-1" || id == "FRM-2" || id == "QUE-1" }

// changed is the small schema after one replacement.
func changed(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	for name, text := range small {
		if name == file {
			if strings.Count(text, from) < 1 {
				t.Fatalf("%s does not hold %q", file, from)
			}
			text = strings.Replace(text, from, to, 1)
		}
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

func TestLoadReadsAWholeSchema(t *testing.T) {
	t.Parallel()
	d, err := Load(changed(t, "", "", ""), knownInTests)
	if err != nil {
		t.Fatal(err)
	}
	a := d.Actions[0]
	want := schema.Field{
		Name: "size", Doc: "Its size.", Req: "FRM-2", Default: schema.Value("10"), DefaultLimit: "max_size",
		Shape: schema.Shape{Kind: schema.Int, Min: &schema.Bound{Value: 1}, Req: "FRM-2"},
	}
	if diff := cmp.Diff(want, a.Request[1]); diff != "" {
		t.Errorf("size (-want +got):\n%s", diff)
	}
	if a.Access != "caller" || len(a.RequiredHeaders) != 1 {
		t.Errorf("access = %q, headers = %v; want what the envelope says, written out", a.Access, a.RequiredHeaders)
	}
	if got, want := a.Request[0].Req, "FRM-1"; got != want {
		t.Errorf("a required field that cites nothing cites %s, want %s", got, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		file, old, new, want string
	}{
		"no YAML":                         {"things.yaml", "types:", "types: [", "things.yaml:"},
		"an unknown key at the top":       {"things.yaml", "actions:", "acts: {}\nactions:", `things.yaml:10: unknown field "acts"`},
		"an unknown key in a field":       {"things.yaml", "max: $max_size, doc", "maks: 3, doc", `things.yaml:9: unknown field "maks"`},
		"a key twice":                     {"things.yaml", "    doc: A thing.\n", "    doc: A thing.\n    doc: Another.\n", "things.yaml:6: "},
		"a key twice in an example":       {"things.yaml", "request: {name: ab}", "request: {name: ab, name: ab}", "things.yaml:20: "},
		"a type twice, in two files":      {"protocol.yaml", "limits:", "types: {Name: {base: string, doc: A name.}}\nlimits:", "things.yaml:2: Name is already in protocol.yaml:2"},
		"a file that is not named":        {"protocol.yaml", "[things]", "[]", "things.yaml:1: the file is not named in protocol.yaml"},
		"a file that is not there":        {"protocol.yaml", "[things]", "[things, more]", "more.yaml: file does not exist"},
		"no protocol":                     {"protocol.yaml", "protocol: {name: tiny, title: Tiny, api: v2, doc: A small one., files: [things]}", "types: {}", "protocol.yaml:1: the protocol is missing"},
		"an unknown limit":                {"things.yaml", "max: $max_size", "max: $max_sise", "things.yaml:9: there is no limit $max_sise"},
		"an unknown limit in a default":   {"things.yaml", "default: $max_size", "default: $max_sise", "things.yaml:16: there is no limit $max_sise"},
		"a bound that is no integer":      {"things.yaml", "min: 1, max", "min: 1.5, max", "things.yaml:9: a bound is an integer or $limit"},
		"an unknown type":                 {"things.yaml", "type: Name, required: true, doc: Its name.}\n      size: {type: int, min", "type: Nama, required: true, doc: Its name.}\n      size: {type: int, min", `things.yaml:8: there is no type "Nama"`},
		"a base that is no kind":          {"things.yaml", "base: struct", "base: strukt", `things.yaml:3: base of Thing is "strukt"`},
		"an unknown requirement":          {"things.yaml", "req: QUE-1}", "req: QUE-99}", "things.yaml:18: there is no requirement QUE-99"},
		"a response without requirement":  {"things.yaml", ", req: QUE-1}", "}", "things.yaml:18: created cites no requirement"},
		"a response without condition":    {"things.yaml", "when: it is new, ", "", "things.yaml:18: created does not say when"},
		"a status that is none":           {"things.yaml", "status: 201, when", "status: 700, when", "things.yaml:18: status 700"},
		"a bound on the wrong kind":       {"things.yaml", "min_len: 1", "min: 1", "things.yaml:2: min does not fit a value of kind string"},
		"an empty range":                  {"things.yaml", "min: 1, max: $max_size", "min: 11, max: $max_size", "things.yaml:9: the range 11..10 is empty"},
		"a pattern without its ends":      {"things.yaml", "'^[a-z]+$'", "'[a-z]+'", "things.yaml:2: pattern [a-z]+ is no regular expression"},
		"a lenient rule that is not":      {"things.yaml", "default: $max_size", "should: [max], default: $max_size", `things.yaml:16: should names the rule "max", which is not there`},
		"an example that breaks a rule":   {"things.yaml", "examples: [10]", "examples: [12]", "things.yaml:9: example 12: size: 12 is out of range"},
		"an example of the wrong kind":    {"things.yaml", "examples: [10]", "examples: [10.0]", "things.yaml:9: example 10.0: size: 10.0 is not of kind int"},
		"an invalid example that is fine": {"things.yaml", "invalid: [0, 11, 1.0]", "invalid: [0, 5]", "things.yaml:9: size: the invalid example 5 breaks no rule"},
		"a default out of range":          {"things.yaml", "default: $max_size", "default: 0", "things.yaml:16: example 0: default of size: 0 is out of range"},
		"a default of a required field":   {"things.yaml", "required: true, doc: Its name.}\n      size: {type: int, default", "required: true, default: ab, doc: Its name.}\n      size: {type: int, default", "things.yaml:15: name is required and has a default"},
		"a request that breaks a rule":    {"things.yaml", "request: {name: ab}", "request: {name: A}", "things.yaml:11: example thing_create: request: body.name"},
		"a request that lacks a field":    {"things.yaml", "request: {name: ab}", "request: {}", "things.yaml:11: example thing_create: request: body: name is missing"},
		"a reply that breaks a rule":      {"things.yaml", "size: 3", "size: 30", "things.yaml:11: example thing_create: response: body.size"},
		"a reply of no response":          {"things.yaml", "response: {status: 201", "response: {status: 204", "things.yaml:11: example thing_create: no response has the status 204"},
		"an action without example":       {"things.yaml", "    examples:\n      - request: {name: ab}\n        response: {status: 201, body: {name: ab, size: 3}}\n", "", "things.yaml:11: thing_create has no example"},
		"a type that nothing uses":        {"things.yaml", "types:", "types:\n  Lost: {base: int, doc: Lost.}", "things.yaml:2: type Lost is never used"},
		"a feature that nothing uses":     {"things.yaml", "types:", "features: {lost: {doc: Lost.}}\ntypes:", "things.yaml:1: feature lost is never used"},
		"an unknown feature":              {"things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    feature: lost", "things.yaml:11: there is no feature lost"},
		"an unknown access":               {"things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    access: root", `things.yaml:11: access is "root"`},
		"an unknown header":               {"things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    required_headers: [Date]", "things.yaml:11: there is no header Date"},
		"a path of an unknown field":      {"things.yaml", "things/{name}", "things/{id}", "things.yaml:11: rest names id, which is no field"},
		"a choice of an unknown field":    {"things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    one_of: [id]\n    one_of_req: QUE-1", "things.yaml:11: the choice names id, which is no field"},
		"a choice without requirement":    {"things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    one_of: [size]", "things.yaml:11: the choice of thing_create cites no requirement"},
		"example headers that are wrong":  {"protocol.yaml", "headers: {Client-ID: me}", "headers: {Client-ID: 7}", "protocol.yaml:1: example: headers.Client-ID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(changed(t, tc.file, tc.old, tc.new), knownInTests)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Load() = %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func TestLoadSaysAllThatIsWrong(t *testing.T) {
	t.Parallel()
	dir := changed(t, "things.yaml", "max: $max_size", "max: $lost")
	dir["things.yaml"].Data = bytes.Replace(dir["things.yaml"].Data, []byte("req: QUE-1}"), []byte("req: QUE-9}"), 1)
	_, err := Load(dir, knownInTests)
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("Load() = %v, want two lines", err)
	}
}

func TestTheModelCanSayWhatComesNext(t *testing.T) {
	t.Parallel()
	dir := changed(t, "things.yaml", "doc: Makes a thing.", "doc: Makes a thing.\n    access: admin\n    feature: pools\n    required_headers: []")
	dir["protocol.yaml"].Data = append(dir["protocol.yaml"].Data, []byte(`features: {pools: {doc: Pools.}}
notifications:
  thing_changed:
    doc: A thing has changed.
    when: it has another size
    feature: pools
    req: QUE-1
    body:
      name: {type: Name, required: true, doc: Its name.}
    examples: [{name: ab}]
`)...)
	d, err := Load(dir, knownInTests)
	if err != nil {
		t.Fatal(err)
	}
	a, n := d.Actions[0], d.Notifications[0]
	if a.Access != "admin" || a.Feature != "pools" || len(a.RequiredHeaders) != 0 {
		t.Errorf("action = %q, %q, %v; want admin, pools, no headers", a.Access, a.Feature, a.RequiredHeaders)
	}
	if n.Feature != "pools" || n.Fields[0].Shape.Type != "Name" || n.When == "" {
		t.Errorf("notification = %+v", n)
	}
}

func TestNoListOfTheModelIsNull(t *testing.T) {
	t.Parallel()
	dir := changed(t, "things.yaml", `, query: {size: size}}`, "}")
	d, err := Load(dir, knownInTests)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if null := regexp.MustCompile(`"\w+":null`).FindAll(text, -1); null != nil {
		t.Errorf("the model says %q, want lists that are empty", null)
	}
}

func TestFilesFitTheMetamodel(t *testing.T) {
	t.Parallel()
	metamodel := compile(t)
	dir := os.DirFS("../zaqar.v2")
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("files = %v, %v", names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := metamodel.Validate(plainYAML(t, text)); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
	for name, text := range small {
		if err := metamodel.Validate(plainYAML(t, []byte(text))); err != nil {
			t.Errorf("small %s: %#v", name, err)
		}
	}
	broken := strings.Replace(small["things.yaml"], "max: $max_size", "maks: 3", 1)
	if metamodel.Validate(plainYAML(t, []byte(broken))) == nil {
		t.Error("the metamodel lets an unknown key through")
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("../metamodel.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("metamodel.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("metamodel.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func plainYAML(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
