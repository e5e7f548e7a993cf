// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Register is every requirement in force, in reading order.
func Register() []spec.Requirement {
	return slices.DeleteFunc(spec.All(), func(r spec.Requirement) bool { return r.Level == spec.Retired })
}

// Cases are the cases of each requirement.
func Cases() map[spec.ID][]conformance.Case {
	m := map[spec.ID][]conformance.Case{}
	for _, c := range conformance.Cases() {
		m[c.Requirement.ID] = append(m[c.Requirement.ID], c)
	}
	return m
}

// faults are the seeded faults of each requirement.
func faults() map[spec.ID][]mutants.Mutant {
	m := map[spec.ID][]mutants.Mutant{}
	for _, f := range mutants.Seeded() {
		m[f.Breaks] = append(m[f.Breaks], f)
	}
	return m
}

// WhyNoCase says why nothing judges a requirement by itself.
func WhyNoCase(r spec.Requirement) string {
	switch {
	case conformance.Unseen()[r.ID] != "":
		return "none: " + conformance.Unseen()[r.ID]
	case r.Party == spec.Client:
		return "none: this binds clients, and the suite judges servers"
	case r.Level == spec.Must:
		return "owed: no case has been written"
	}
	return "none: a server may do otherwise"
}

// Section is a part of a chapter.
type Section struct {
	Title string
	// Intro is the Markdown before the first requirement.
	Intro string
	IDs   []spec.ID
}

// headingID finds the headings of requirements in a chapter.
var headingID = regexp.MustCompile(`(?m)^### ([A-Z]{3}-[1-9][0-9]*) `)

// Sections are the parts of a chapter.
func Sections(c spec.Chapter) []Section {
	var all []Section
	for i, part := range strings.Split("\n"+c.Markdown, "\n## ") {
		if i == 0 {
			continue // what stands before the first
		}
		title, text, _ := strings.Cut(part, "\n")
		intro, _, _ := strings.Cut("\n"+text, "\n### ")
		s := Section{Title: title, Intro: strings.TrimSpace(intro)}
		for _, m := range headingID.FindAllStringSubmatch(text, -1) {
			s.IDs = append(s.IDs, spec.ID(m[1]))
		}
		all = append(all, s)
	}
	return all
}

// SectionOf is the part of its chapter that holds a requirement.
func SectionOf(r spec.Requirement) Section { return sectionsByID()[r.ID] }

var sectionsByID = sync.OnceValue(func() map[spec.ID]Section {
	all := map[spec.ID]Section{}
	for _, c := range spec.Chapters() {
		for _, s := range Sections(c) {
			for _, id := range s.IDs {
				all[id] = s
			}
		}
	}
	return all
})
