// SPDX-License-Identifier: Apache-2.0

package spec

import (
	"fmt"
	"path"
	"strings"
	"sync"
)

// Decision is one choice that sentences of the specification rest on.
type Decision struct {
	// Number is how it is cited, four digits: "0006" for decision 0006.
	Number string
	// Title is its heading, less the number, as Markdown.
	Title string
	// Markdown is its text below the heading.
	Markdown string
	// Name is its file name without the ending, for example "0006-subprotocol".
	Name string
}

// File is where the decision is written, from the root of the module.
func (d Decision) File() string { return "spec/decisions/" + d.Name + ".md" }

// grounds is what the chapters cite.
type grounds struct {
	facts     string
	decisions []Decision
}

var cited = sync.OnceValue(func() grounds {
	g, err := readGrounds()
	if err != nil {
		panic(err) //nolint:forbidigo // the files are compiled in, and the tests of this package read them
	}
	return g
})

func readGrounds() (grounds, error) {
	var g grounds
	facts, err := texts.ReadFile("facts.md")
	if err != nil {
		return g, fmt.Errorf("read facts: %w", err)
	}
	g.facts = string(facts)
	files, err := texts.ReadDir("decisions")
	if err != nil {
		return g, fmt.Errorf("list decisions: %w", err)
	}
	for _, f := range files {
		text, err := texts.ReadFile(path.Join("decisions", f.Name()))
		if err != nil {
			return g, fmt.Errorf("read decision: %w", err)
		}
		d, err := decision(strings.TrimSuffix(f.Name(), ".md"), string(text))
		if err != nil {
			return g, err
		}
		g.decisions = append(g.decisions, d)
	}
	return g, nil
}

// decision takes a file `0006-subprotocol.md` apart, which begins with the
// heading `# 0006 The subprotocol …`.
func decision(name, text string) (Decision, error) {
	number, _, _ := strings.Cut(name, "-")
	first, rest, _ := strings.Cut(text, "\n")
	title, ok := strings.CutPrefix(first, "# "+number+" ")
	if !ok {
		return Decision{}, fmt.Errorf("decision %s does not begin with `# %s …`", name, number)
	}
	return Decision{Number: number, Title: title, Markdown: strings.TrimSpace(rest), Name: name}, nil
}

// Facts returns what the real Zaqar does, as Markdown: tables whose rows begin
// with a number as the sources cite it, for example "| F117 |".
func Facts() string { return cited().facts }

// Decisions returns all decisions in the order of their numbers. The caller must
// not change what it is given.
func Decisions() []Decision { return cited().decisions }
