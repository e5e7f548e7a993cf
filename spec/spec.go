// SPDX-License-Identifier: Apache-2.0

// Package spec is the register of requirements: the chapters beside this file,
// parsed. The prose is the only place where a requirement is written down, so a
// sentence and what the suite says of it cannot drift apart. What the sentences
// rest on is here as well: the facts and the decisions that they cite.
package spec

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:generate go run ../cmd/zwgen

//go:embed *.md decisions/*.md
var texts embed.FS

// ID names one requirement for ever, for example "CLM-3": the chapter's three
// letters and a number that is never used again.
type ID string

// Level is how strongly a requirement binds, in the words of RFC 2119.
type Level string

// The levels. A retired requirement keeps its id and binds nobody.
const (
	Must    Level = "MUST"
	Should  Level = "SHOULD"
	May     Level = "MAY"
	Retired Level = "RETIRED"
)

// Party is whom a requirement binds.
type Party string

// The parties.
const (
	Server Party = "server"
	Client Party = "client"
)

// Requirement is one normative sentence.
type Requirement struct {
	ID    ID
	Level Level
	Party Party
	// Text is the sentence, on one line, as Markdown.
	Text string
	// Notes is the Markdown between the sentence and its source: why, and what
	// it leaves open. Often empty.
	Notes string
	// Source says where the sentence comes from: an RFC section, facts about
	// the real server, a file of Zaqar.
	Source string
	// Deviation says how the real Zaqar breaks the sentence; empty if it does not.
	Deviation string
	// Chapter is the name of the chapter, for example "claims".
	Chapter string
}

// File is where the requirement is written, from the root of the module.
func (r Requirement) File() string { return "spec/" + r.Chapter + ".md" }

// repository is where the specification can be read.
const repository = "https://github.com/zaqarwire/zaqarwire/blob/main/"

// Anchor is the heading of the requirement in its file, as Markdown on the web
// names it.
func (r Requirement) Anchor() string {
	return strings.ToLower(fmt.Sprintf("%s-%s-%s", r.ID, r.Level, r.Party))
}

// URL is where the requirement can be read.
func (r Requirement) URL() string { return repository + r.File() + "#" + r.Anchor() }

// Chapter is one file of the specification.
type Chapter struct {
	// Name is its file name without the ending, for example "claims".
	Name string
	// Title is its first heading.
	Title string
	// Prefix is what its ids begin with, for example "CLM".
	Prefix string
	// Markdown is its whole text.
	Markdown string
	// Requirements are in the order of the text.
	Requirements []Requirement
}

// order is how a reader meets the chapters, with the prefix of their ids.
func order() []Chapter {
	return []Chapter{
		{Name: "frames", Prefix: "FRM"},
		{Name: "auth", Prefix: "AUT"},
		{Name: "queues", Prefix: "QUE"},
		{Name: "messages", Prefix: "MSG"},
		{Name: "claims", Prefix: "CLM"},
		{Name: "subscriptions", Prefix: "SUB"},
		{Name: "pools", Prefix: "POL"},
		{Name: "health", Prefix: "HLT"},
	}
}

var parsed = sync.OnceValue(func() []Chapter {
	all, err := parseAll()
	if err != nil {
		panic(err) //nolint:forbidigo // the chapters are compiled in, and every test of this package reads them
	}
	return all
})

func parseAll() ([]Chapter, error) {
	all := order()
	for i := range all {
		text, err := texts.ReadFile(all[i].Name + ".md")
		if err != nil {
			return nil, fmt.Errorf("read chapter: %w", err)
		}
		if err := Parse(&all[i], string(text)); err != nil {
			return nil, fmt.Errorf("parse %s.md: %w", all[i].Name, err)
		}
	}
	return all, nil
}

// Chapters returns the specification in reading order. The caller must not
// change what it is given.
func Chapters() []Chapter { return parsed() }

// All returns every requirement in reading order.
func All() []Requirement {
	var all []Requirement
	for _, c := range parsed() {
		all = append(all, c.Requirements...)
	}
	return all
}

// Get returns the requirement that id names.
func Get(id ID) (Requirement, bool) {
	prefix, _, _ := strings.Cut(string(id), "-")
	for _, c := range parsed() {
		if c.Prefix != prefix {
			continue
		}
		for _, r := range c.Requirements {
			if r.ID == id {
				return r, true
			}
		}
	}
	return Requirement{}, false
}
