// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	textmessage "golang.org/x/text/message"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// shapes holds the published JSON Schemas of replies and notifications, compiled.
type shapes struct {
	byAction map[string]*jsonschema.Schema
	byType   map[string]*jsonschema.Schema // by Message_Type
	model    *schema.Definition
}

// newShapes compiles the schemas of the replies of every action, and of notifications.
func newShapes(files fs.FS, model *schema.Definition) (*shapes, error) {
	c := jsonschema.NewCompiler()
	c.UseLoader(schemaFiles{files})
	s := &shapes{byAction: map[string]*jsonschema.Schema{}, byType: map[string]*jsonschema.Schema{}, model: model}
	for _, a := range model.Actions {
		compiled, err := c.Compile(schema.BaseURI + a.Name + ".reply.json")
		if err != nil {
			return nil, fmt.Errorf("compile the schema of %s: %w", a.Name, err)
		}
		s.byAction[a.Name] = compiled
	}
	for _, n := range model.Notifications {
		compiled, err := c.Compile(schema.BaseURI + n.Name + ".notification.json")
		if err != nil {
			return nil, fmt.Errorf("compile the schema of %s: %w", n.Name, err)
		}
		s.byType[messageType(n)] = compiled
	}
	return s, nil
}

// schemaFiles finds a schema by the last part of its URL; nothing is fetched.
type schemaFiles struct{ files fs.FS }

func (l schemaFiles) Load(url string) (any, error) {
	data, err := fs.ReadFile(l.files, url[strings.LastIndex(url, "/")+1:])
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode schema: %w", err)
	}
	return doc, nil
}

// check holds a reply without error to the schema of its action. The
// requirement of a failure is the one that the schema names for the response,
// or none.
func (s *shapes) check(action string, status int, reply any) *Failure {
	f := s.misfit(s.byAction[action], reply)
	if f != nil {
		f.Requirement = s.requirement(action, status)
	}
	return f
}

// misfit says where a message does not fit a schema; nil if it does, or if there is
// no schema.
func (s *shapes) misfit(compiled *jsonschema.Schema, message any) *Failure {
	if compiled == nil {
		return nil
	}
	err := compiled.Validate(forValidator(message))
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return nil
	}
	path, why := s.explain(invalid)
	f := &Failure{Symptom: BadShape}
	if missing, ok := why.(*kind.Required); ok && len(missing.Missing) > 0 {
		path = strings.TrimPrefix(path+"."+missing.Missing[0], ".")
		f.Expected = path + " present"
	} else {
		f.Expected = path + " = " + inWords(why)
	}
	f.Path, f.Actual = path, assign(path, printed(lookup(message, path)))
	return f
}

// inWords is what a schema asks for.
func inWords(why jsonschema.ErrorKind) string {
	switch why := why.(type) {
	case *kind.Type:
		words := make([]string, len(why.Want))
		for i, name := range why.Want {
			words[i] = typeInWords(name)
		}
		return or(words)
	case *kind.Minimum:
		return "at least " + why.Want.RatString()
	case *kind.Maximum:
		return "at most " + why.Want.RatString()
	}
	return why.LocalizedString(textmessage.NewPrinter(language.English))
}

func typeInWords(name string) string {
	switch name {
	case "object":
		return "a map"
	case "array":
		return "a list"
	case "integer":
		return "an integer"
	case "boolean":
		return "true or false"
	case "null":
		return "null"
	}
	return "a " + name
}

func (s *shapes) requirement(action string, status int) spec.ID {
	for _, r := range s.model.Action(action).Responses {
		if r.Status == status {
			return spec.ID(r.Req)
		}
	}
	return ""
}

// explain finds the complaint that is deepest in the reply: the others follow
// from it, since a schema says "none of these responses" above it.
func (s *shapes) explain(e *jsonschema.ValidationError) (path string, why jsonschema.ErrorKind) {
	deepest := e
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		if len(e.Causes) == 0 && (len(deepest.Causes) > 0 || len(e.InstanceLocation) > len(deepest.InstanceLocation)) {
			deepest = e
		}
		for _, c := range e.Causes {
			walk(c)
		}
	}
	walk(e)
	for i, part := range deepest.InstanceLocation {
		switch {
		case part != "" && strings.Trim(part, "0123456789") == "":
			path += "[" + part + "]"
		case i == 0:
			path = part
		default:
			path += "." + part
		}
	}
	return path, deepest.ErrorKind
}

// forValidator gives the validator a copy that it reads as the protocol does. A
// JSON Schema takes 5.0 for an integer, the protocol does not: a float that
// looks like one becomes a float that does not. Bin and ext fit only where
// anything does.
func forValidator(v any) any {
	switch v := v.(type) {
	case int64, uint64, Huge:
		return json.Number(fmt.Sprint(v))
	case float64:
		if v == math.Trunc(v) || math.IsNaN(v) {
			return 0.5
		}
		return v
	case Bin, Ext:
		return map[string]any{"$": "no value of the protocol"}
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = forValidator(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = forValidator(e)
		}
		return out
	}
	return v
}
