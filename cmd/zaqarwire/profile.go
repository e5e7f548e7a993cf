// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/spf13/pflag"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// declared are the flags that say what a target has.
type declared struct {
	profile, limits string
	without         []string
}

// targetFlags say what a target has, and whom the run is to be there.
func targetFlags(f *pflag.FlagSet, d *declared, t *conformance.Target) {
	f.StringVar(&d.profile, "profile", "", "what the target declares: full, zaqar-15 or a file (default full)")
	f.StringVar(&d.limits, "limits", "", "YAML or JSON file of the target's limits, where they differ from the schema's")
	f.StringArrayVar(&d.without, "without", nil, "a feature that the target is without; may be repeated")
	f.StringVar(&t.PoolURI, "pool-uri", "",
		`where pools that cases make may store, with "{name}" for a name (default "memory://{name}")`)
	f.StringVar(&t.Project, "project", "", "X-Project-ID to use; default one that the run invents")
	f.StringVar(&t.Client, "client-id", "", "Client-ID to use; default one for each case")
}

// read makes the profile that the flags declare: --limits and --without come on
// top of --profile.
func (d declared) read() (conformance.Profile, error) {
	p, err := profileOf(d.profile)
	if err != nil {
		return p, err
	}
	if d.limits != "" {
		more, err := readLimits(d.limits)
		if err != nil {
			return p, err
		}
		if p.Limits == nil {
			p.Limits = map[string]int64{}
		}
		maps.Copy(p.Limits, more)
	}
	for _, f := range d.without {
		if !slices.Contains(p.Without, f) {
			p.Without = append(p.Without, f)
		}
	}
	if err := p.Check(); err != nil {
		return p, usage("%w", err)
	}
	return p, nil
}

// words are the flags as they are written in a command.
func (d declared) words() []string {
	var words []string
	for _, f := range []struct{ name, value string }{{"--profile", d.profile}, {"--limits", d.limits}} {
		if f.value != "" {
			words = append(words, f.name, quoted(f.value))
		}
	}
	for _, f := range d.without {
		words = append(words, "--without", quoted(f))
	}
	return words
}

// profileOf is a profile of the suite, or the one in a file.
func profileOf(name string) (conformance.Profile, error) {
	if name == "" || slices.Contains(conformance.Profiles(), name) {
		p, err := conformance.ProfileNamed(orFull(name))
		if err != nil {
			return p, usage("%w", err)
		}
		return p, nil
	}
	body, err := readYAML(name)
	if errors.Is(err, os.ErrNotExist) && !strings.ContainsAny(name, `/\.`) {
		return conformance.Profile{}, usage("there is no profile %q, and no such file; there are %s, or name a file",
			name, strings.Join(conformance.Profiles(), " and "))
	}
	if err != nil {
		return conformance.Profile{}, usage("%w", err)
	}
	return profileIn(name, body)
}

func orFull(name string) string {
	if name == "" {
		return "full"
	}
	return name
}

// profileIn reads {name, doc, limits, without}.
func profileIn(file string, body ast.Node) (conformance.Profile, error) {
	p := conformance.Profile{Name: file}
	pairs, err := pairsIn(file, body)
	if err != nil {
		return p, err
	}
	for _, pair := range pairs {
		var err error
		switch key := pair.Key.GetToken().Value; key {
		case "name":
			err = yaml.NodeToValue(pair.Value, &p.Name)
		case "doc":
			err = yaml.NodeToValue(pair.Value, &p.Doc)
		case "without":
			p.Without, err = featuresIn(file, pair.Value)
		case "limits":
			p.Limits, err = limitsIn(file, pair.Value)
		default:
			err = usage("%s: a profile has no key %q, only name, doc, limits and without", at(file, pair), key)
		}
		if err != nil {
			return p, located(file, pair, err)
		}
	}
	return p, nil
}

// readLimits reads a file of limits by their names.
func readLimits(file string) (map[string]int64, error) {
	body, err := readYAML(file)
	if err != nil {
		return nil, usage("%w", err)
	}
	return limitsIn(file, body)
}

func limitsIn(file string, body ast.Node) (map[string]int64, error) {
	pairs, err := pairsIn(file, body)
	if err != nil {
		return nil, err
	}
	limits := map[string]int64{}
	for _, pair := range pairs {
		name := pair.Key.GetToken().Value
		var n int64
		_, isInt := pair.Value.(*ast.IntegerNode)
		switch {
		case !slices.Contains(conformance.LimitNames(), name):
			return nil, usage("%s: there is no limit %q; `zaqarwire docs` lists them", at(file, pair), name)
		case !isInt || yaml.NodeToValue(pair.Value, &n) != nil || n < 1:
			return nil, usage("%s: the limit %s is %s, not an integer of 1 or more", at(file, pair), name, pair.Value)
		}
		limits[name] = n
	}
	return limits, nil
}

func featuresIn(file string, body ast.Node) ([]string, error) {
	list, ok := body.(*ast.SequenceNode)
	if !ok {
		return nil, usage("%s: without is not a list", at(file, body))
	}
	var names []string
	for _, n := range list.Values {
		name := n.GetToken().Value
		if !slices.Contains(conformance.Features(), name) {
			return nil, usage("%s: there is no feature %q; there are %s", at(file, n), name, strings.Join(conformance.Features(), ", "))
		}
		names = append(names, name)
	}
	return names, nil
}

// readYAML parses a file, which may be JSON: that is YAML, too.
func readYAML(file string) (ast.Node, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, plain(err)
	}
	tree, err := parser.ParseBytes(text, 0)
	if m := yamlFault(err); m != nil {
		return nil, fmt.Errorf("%s:%s: %s", file, m[1], m[2])
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return nil, fmt.Errorf("%s:1: it is empty, or holds more than one document", file)
	}
	return tree.Docs[0].Body, nil
}

// yamlFault finds line and text in what the parser says.
func yamlFault(err error) []string {
	if err == nil {
		return nil
	}
	return regexp.MustCompile(`(?m)^\[(\d+):\d+\] (.*)$`).FindStringSubmatch(err.Error())
}

func pairsIn(file string, n ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, usage("%s: not a map", at(file, n))
}

// at is the place of a node: file and line.
func at(file string, n ast.Node) string {
	return fmt.Sprintf("%s:%d", file, n.GetToken().Position.Line)
}

// located says where, unless err does.
func located(file string, n ast.Node, err error) error {
	if _, ok := errors.AsType[*exit](err); ok {
		return err
	}
	return usage("%s: %s", at(file, n), strings.SplitN(err.Error(), "\n", 2)[0])
}

// limitsOf are the limits of a reference server that is to be as a profile says.
func limitsOf(named map[string]int64) (wire.Limits, error) {
	var l wire.Limits
	for name, n := range named {
		if !l.Set(name, n) {
			return l, usage("there is no limit %q", name)
		}
	}
	return l, nil
}
