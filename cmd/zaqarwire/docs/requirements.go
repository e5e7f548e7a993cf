// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// requirement is all that is known of one.
type requirement struct {
	spec.Requirement

	ChapterTitle string
	Section      Section
	// Grounds are the facts and decisions that its source cites, and Against the facts
	// that its deviation does: what the real Zaqar does otherwise is no ground.
	Grounds, Against []ground
	// Where says what of the schema rests on it.
	Where  []place
	Cases  []caseView
	Why    string // there is none
	Faults []mutants.Mutant
	// Previous and Next are its neighbours in reading order; empty at an end.
	Previous, Next spec.ID
}

// ground is a fact or a decision, in one line of Markdown.
type ground struct{ Name, URL, Text string }

// place is a line of the schema.
type place struct{ URL, Name, Text string }

// caseView is a case as its reader sees it.
type caseView struct {
	ID, Does string
	Formats  []string
	Needs    []string
	Waiting  bool
}

// requirementPages are the list of all, and a page for each that was ever in force.
func requirementPages() []page {
	register := Register()
	pages := []page{{File: "requirements.html", Title: "Requirements", Layout: "requirements", Data: register}}
	titles := map[string]string{}
	for _, c := range spec.Chapters() {
		titles[c.Name] = c.Title
	}
	cases, seeded, known, cite := Cases(), faults(), grounds(), schemaPlaces()
	for i, r := range register {
		one := requirement{
			Requirement: r, ChapterTitle: titles[r.Chapter], Section: SectionOf(r),
			Against: cited(r.Deviation, known),
			Where:   cite[string(r.ID)], Faults: seeded[r.ID],
		}
		one.Source = without(r.Source, one.Against)
		one.Grounds = slices.DeleteFunc(cited(r.Source, known), func(g ground) bool { return slices.Contains(one.Against, g) })
		for _, c := range cases[r.ID] {
			one.Cases = append(one.Cases, view(c))
		}
		if len(one.Cases) == 0 {
			one.Why = WhyNoCase(r)
		}
		if i > 0 {
			one.Previous = register[i-1].ID
		}
		if i+1 < len(register) {
			one.Next = register[i+1].ID
		}
		pages = append(pages, page{
			File: requirementFile(r.ID), Title: string(r.ID), Layout: "requirement", Sort: string(r.Level),
			Under: "requirements.html", Data: one,
		})
	}
	return pages
}

func requirementFile(id spec.ID) string { return "requirements/" + string(id) + ".html" }

// view tells of a case.
func view(c conformance.Case) caseView {
	_, slug, _ := strings.Cut(c.ID, "/")
	v := caseView{ID: c.ID, Does: strings.ReplaceAll(slug, "-", " "), Waiting: c.Waiting}
	for _, f := range c.Rule.Formats {
		v.Formats = append(v.Formats, f.String())
	}
	v.Needs = append(v.Needs, c.Rule.Needs...)
	if c.Rule.NeedsOwnProject {
		v.Needs = append(v.Needs, "a project of its own")
	}
	for _, as := range c.Rule.As {
		v.Needs = append(v.Needs, string(as))
	}
	if c.Rule.Hooks {
		v.Needs = append(v.Needs, "an address for webhooks (--webhook-listen)")
	}
	if c.Rule.Trap {
		v.Needs = append(v.Needs, "an address that the target must not reach (--webhook-trap)")
	}
	return v
}

// factRow is a line of the facts.
var factRow = regexp.MustCompile(`(?m)^\| (F\d{3}) \| (.*) \|$`)

// grounds are all facts and decisions, by the words that cite them.
func grounds() map[string]ground {
	all := map[string]ground{}
	for _, m := range factRow.FindAllStringSubmatch(spec.Facts(), -1) {
		all[m[1]] = ground{Name: m[1], URL: mentionURL(m[1]), Text: m[2]}
	}
	for _, d := range spec.Decisions() {
		name := "decision " + d.Number
		all[name] = ground{Name: name, URL: mentionURL(name), Text: d.Title}
	}
	return all
}

// cited are the grounds that a text names, each once.
func cited(text string, known map[string]ground) []ground {
	var all []ground
	for _, name := range mention.FindAllString(text, -1) {
		if g, ok := known[strings.Replace(name, "Decision", "decision", 1)]; ok && !slices.Contains(all, g) {
			all = append(all, g)
		}
	}
	return all
}

// without leaves out of a source what is among grounds. Those within a span, F285–F289,
// stay.
func without(source string, grounds []ground) string {
	var out strings.Builder
	for part := range strings.SplitSeq(strings.TrimSuffix(source, "."), "; ") {
		items := slices.DeleteFunc(strings.Split(part, ", "), func(item string) bool {
			return slices.ContainsFunc(grounds, func(g ground) bool { return g.Name == item })
		})
		if len(items) == 0 {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("; ")
		}
		out.WriteString(strings.Join(items, ", "))
	}
	if out.Len() > 0 {
		out.WriteString(".")
	}
	return out.String()
}

// places are the lines of the schema that cite each requirement.
type places map[string][]place

func (all places) add(p place, ids ...string) {
	for _, id := range ids {
		if id != "" && !slices.Contains(all[id], p) {
			all[id] = append(all[id], p)
		}
	}
}

func (all places) fields(url, of string, list []schema.Field) {
	for _, f := range list {
		all.add(place{url, of + "." + f.Name, f.Doc}, rulesOf(f)...)
	}
}

func schemaPlaces() places {
	all := places{}
	d := schema.Model()
	for _, a := range d.Actions {
		url := "actions/" + a.Name + ".html"
		all.fields(url, a.Name, a.Request)
		for _, r := range a.Responses {
			all.add(place{url, a.Name, "status " + itoa(r.Status) + " when " + r.When}, r.Req)
		}
	}
	for _, n := range d.Notifications {
		all.fields(notificationFile(n.Name), n.Name, n.Fields)
		all.add(place{notificationFile(n.Name), n.Name, "sent when " + n.When}, n.Req)
	}
	for _, t := range d.Types {
		all.fields("actions.html#type-"+t.Name, t.Name, t.Fields)
	}
	all.fields("actions.html#headers", "headers", d.Headers)
	for _, l := range d.Limits {
		all.add(place{"actions.html#limit-" + l.Name, l.Name, l.Doc}, l.Req)
	}
	return all
}
