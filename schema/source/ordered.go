// SPDX-License-Identifier: Apache-2.0

package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// entry is one key of a map of the source, its value and where it stands.
type entry[T any] struct {
	Name  string
	Line  int
	Value T
}

// ordered is a map of the source that keeps the order of its keys.
type ordered[T any] []entry[T]

// UnmarshalYAML reads a map strictly: no unknown key, no key twice.
func (o *ordered[T]) UnmarshalYAML(n ast.Node) error {
	pairs, err := pairsOf(n)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		e := entry[T]{Name: keyOf(p), Line: lineOf(p.Key)}
		if err := yaml.NodeToValue(p.Value, &e.Value, yaml.Strict()); err != nil {
			return err //nolint:wrapcheck // locate reads where it was
		}
		*o = append(*o, e)
	}
	return nil
}

// bound is a number, or `$` and the name of a limit; or a map of either and the
// requirement behind it.
type bound struct {
	set   bool
	value int64
	limit string
	req   string
}

// UnmarshalYAML reads either form.
func (b *bound) UnmarshalYAML(n ast.Node) error {
	b.set = true
	if m, ok := n.(*ast.MappingNode); ok {
		var long struct {
			Value bound  `yaml:"value"`
			Req   string `yaml:"req"`
		}
		if err := yaml.NodeToValue(m, &long, yaml.Strict()); err != nil {
			return err //nolint:wrapcheck // locate reads where it was
		}
		*b = long.Value
		b.req = long.Req
		return nil
	}
	if s, ok := n.(*ast.StringNode); ok && strings.HasPrefix(s.Value, "$") {
		b.limit = s.Value[1:]
		return nil
	}
	if _, ok := n.(*ast.IntegerNode); !ok {
		return faultf(n, "a bound is an integer or $limit, not %s", n)
	}
	return yaml.NodeToValue(n, &b.value) //nolint:wrapcheck // locate reads where it was
}

// value is any value of the source, as JSON; nil if there is none.
type value json.RawMessage

// UnmarshalYAML keeps the order of keys and tells 1 from 1.0.
func (v *value) UnmarshalYAML(n ast.Node) error {
	var b bytes.Buffer
	if err := writeJSON(&b, n); err != nil {
		return err
	}
	*v = b.Bytes()
	return nil
}

// values is a list of values, null among them.
type values []value

// UnmarshalYAML reads a list.
func (v *values) UnmarshalYAML(n ast.Node) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return faultf(n, "must be a list")
	}
	for _, item := range list.Values {
		var one value
		if err := one.UnmarshalYAML(item); err != nil {
			return err
		}
		*v = append(*v, one)
	}
	return nil
}

// writeJSON writes a node of the source as JSON.
func writeJSON(b *bytes.Buffer, n ast.Node) error {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		pairs, err := pairsOf(n)
		if err != nil {
			return err
		}
		for i, p := range pairs {
			b.WriteString(separator("{", i))
			b.Write(quote(keyOf(p)))
			b.WriteByte(':')
			if err := writeJSON(b, p.Value); err != nil {
				return err
			}
		}
		b.WriteString(closing("{", "}", len(pairs)))
	case *ast.SequenceNode:
		for i, item := range n.Values {
			b.WriteString(separator("[", i))
			if err := writeJSON(b, item); err != nil {
				return err
			}
		}
		b.WriteString(closing("[", "]", len(n.Values)))
	case *ast.StringNode:
		b.Write(quote(n.Value))
	case *ast.LiteralNode:
		b.Write(quote(n.Value.Value))
	case *ast.NullNode:
		b.WriteString("null")
	case *ast.BoolNode:
		fmt.Fprint(b, n.Value)
	case *ast.IntegerNode:
		fmt.Fprint(b, n.Value)
	case *ast.FloatNode:
		b.WriteString(n.GetToken().Value)
	default:
		return faultf(n, "%s has no place here", n.Type())
	}
	return nil
}

func separator(open string, i int) string {
	if i == 0 {
		return open
	}
	return ","
}

func closing(open, end string, n int) string {
	if n == 0 {
		return open + end
	}
	return end
}

// quote writes a JSON string and leaves <, > and & as they are.
func quote(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) //nolint:forbidigo // a string always encodes
	}
	return bytes.TrimSpace(b.Bytes())
}

// pairsOf returns the pairs of a map.
func pairsOf(n ast.Node) ([]*ast.MappingValueNode, error) {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		return nil, faultf(n, "must be a map")
	}
	seen := map[string]bool{}
	for _, p := range pairs {
		if seen[keyOf(p)] {
			return nil, faultf(p.Key, "key %q is written twice", keyOf(p))
		}
		seen[keyOf(p)] = true
	}
	return pairs, nil
}

func keyOf(p *ast.MappingValueNode) string { return p.Key.GetToken().Value }

func lineOf(n ast.Node) int { return n.GetToken().Position.Line }

// lineError is what is wrong at a line of the source.
type lineError struct {
	line int
	text string
}

func (e *lineError) Error() string { return fmt.Sprintf("%d: %s", e.line, e.text) }

func faultf(n ast.Node, format string, a ...any) error {
	return &lineError{lineOf(n), fmt.Sprintf(format, a...)}
}
