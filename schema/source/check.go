// SPDX-License-Identifier: Apache-2.0

package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/schema"
)

// checker holds values against shapes, with the limits at their defaults. The
// sizes of lists and maps in bytes are left to the door.
type checker struct{ d *schema.Definition }

// decode reads a value; numbers keep their digits.
func decode(v schema.Value) any {
	d := json.NewDecoder(bytes.NewReader(v))
	d.UseNumber()
	var out any
	if err := d.Decode(&out); err != nil {
		return fmt.Errorf("no JSON: %w", err) // fits no shape but any
	}
	return out
}

// value says which rule v breaks, or nil.
func (c checker) value(path string, s schema.Shape, v any) error {
	if s.Kind == schema.Any || v == nil && s.Nullable {
		return nil
	}
	if k := kindOf(v); k != s.Kind && (k != schema.Map || s.Kind != schema.Struct) {
		return fmt.Errorf("%s: %v is not of kind %s", path, v, s.Kind)
	}
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); s.Kind == schema.Int && (err != nil || outside(s.Min, s.Max, n)) {
			return fmt.Errorf("%s: %s is out of range", path, v)
		}
	case string:
		return c.text(path, s, v)
	case []any:
		return c.items(path, s, v)
	case map[string]any:
		return c.structure(path, s, c.d.Fields(s), v)
	}
	return nil
}

func (c checker) items(path string, s schema.Shape, v []any) error {
	if outside(s.MinItems, s.MaxItems, int64(len(v))) {
		return fmt.Errorf("%s: the number of items is out of range", path)
	}
	if s.Items == nil {
		return nil
	}
	for i, item := range v {
		if err := c.value(fmt.Sprintf("%s[%d]", path, i), *s.Items, item); err != nil {
			return err
		}
	}
	return nil
}

func (c checker) text(path string, s schema.Shape, v string) error {
	if outside(s.MinLen, s.MaxLen, int64(utf8.RuneCountInString(v))) {
		return fmt.Errorf("%s: the length is out of range", path)
	}
	if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(v) {
		return fmt.Errorf("%s: %q does not match %s", path, v, s.Pattern)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, v) {
		return fmt.Errorf("%s: %q is not one of %v", path, v, s.Enum)
	}
	return nil
}

// structure checks the declared keys of a map, and the choices among them.
func (c checker) structure(path string, s schema.Shape, fields []schema.Field, v any) error {
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: %v is no map", path, v)
	}
	for _, f := range fields {
		got, there := m[f.Name]
		switch {
		case there:
			if err := c.value(path+"."+f.Name, f.Shape, got); err != nil {
				return err
			}
		case f.Required:
			return fmt.Errorf("%s: %s is missing", path, f.Name)
		}
	}
	there := func(name string) bool { _, ok := m[name]; return ok }
	if s.OneOf != nil && count(s.OneOf, there) != 1 {
		return fmt.Errorf("%s: needs exactly one of %v", path, s.OneOf)
	}
	if s.AnyOf != nil && count(s.AnyOf, func(name string) bool { return m[name] != nil }) == 0 {
		return fmt.Errorf("%s: needs one of %v", path, s.AnyOf)
	}
	return nil
}

func count(names []string, is func(string) bool) (n int) {
	for _, name := range names {
		if is(name) {
			n++
		}
	}
	return n
}

func outside(low, high *schema.Bound, n int64) bool {
	return low != nil && n < low.Value || high != nil && n > high.Value
}

// kindOf is the kind of a decoded value; empty for null.
func kindOf(v any) schema.Kind {
	switch v := v.(type) {
	case bool:
		return schema.Bool
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return schema.Float
		}
		return schema.Int
	case string:
		return schema.String
	case []any:
		return schema.List
	case map[string]any:
		return schema.Map
	}
	return ""
}
