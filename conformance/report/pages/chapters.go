// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// chapter is the prose of one, its sentences judged.
type chapter struct {
	Name, Title string
	Parts       []part
}

// part is prose, or a sentence.
type part struct {
	Prose    template.HTML
	Sentence *sentence
}

// sentence is a requirement, with what stands in the margin.
type sentence struct {
	sign
	spec.Requirement

	Words, Notes, Source, Deviation template.HTML
	Cases                           []judged
	// Elsewhere are those of the kinds of failure of this sentence.
	Elsewhere []elsewhere
	Faults    []string
	// Why says what no case means.
	Why string
}

// elsewhere is a kind of failure that shows in cases for other sentences.
type elsewhere struct {
	Kind  string // its id
	Cases int
}

// judged is a case in the margin: one sign if its formats agree, else one each.
type judged struct {
	sign

	Slug string
	// Link leads to its row, or to the first of its formats if all failed.
	Link string
	// Signs are empty if its formats agree.
	Signs []formatSign
}

type formatSign struct {
	sign
	Format string
	Link   string
}

// chapters renders the specification as a run shows it.
func (r Run) chapters(kinds []kind) ([]chapter, error) {
	ranks := sentences(r.Result.Cases)
	own, others := map[spec.ID][]conformance.CaseResult{}, map[spec.ID][]elsewhere{}
	for _, c := range r.Result.Cases {
		own[c.Requirement] = append(own[c.Requirement], c)
	}
	for _, k := range kinds {
		if id := k.Rule.ID; id != "" && id != k.Cases[0].Requirement {
			others[id] = append(others[id], elsewhere{k.ID, k.Distinct})
		}
	}
	var out []chapter
	for _, c := range spec.Chapters() {
		all, err := passages(c)
		if err != nil {
			return nil, err
		}
		one := chapter{Name: c.Name, Title: c.Title}
		for _, p := range all {
			q, ok := spec.Get(p.ID)
			switch {
			case !ok:
				one.Parts = append(one.Parts, part{Prose: p.Prose})
			case q.Level != spec.Retired:
				s := &sentence{
					sign: ranks[q.ID].sign(), Requirement: q, Faults: r.Faults[q.ID],
					Cases: margin(own[q.ID]), Elsewhere: others[q.ID],
				}
				if err := s.render(); err != nil {
					return nil, err
				}
				one.Parts = append(one.Parts, part{Sentence: s})
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// render renders what the chapter says of the sentence.
func (s *sentence) render() (err error) {
	if len(s.Cases) == 0 {
		s.Why, s.Word = whyNot(s.Requirement), "no case"
	}
	for _, each := range []struct {
		to     *template.HTML
		from   string
		render func(string) (template.HTML, error)
	}{
		{&s.Words, s.Text, inline},
		{&s.Notes, s.Requirement.Notes, prose},
		{&s.Source, s.Requirement.Source, inline},
		{&s.Deviation, s.Requirement.Deviation, inline},
	} {
		if *each.to, err = each.render(each.from); err != nil {
			return err
		}
	}
	return nil
}

// whyNot says why a run has no case of a requirement.
func whyNot(q spec.Requirement) string {
	switch {
	case q.Party == spec.Client:
		return "It binds clients; the suite judges servers."
	case conformance.Unseen()[q.ID] != "":
		return "No case: " + conformance.Unseen()[q.ID] + "."
	case q.Level == spec.May:
		return "No case: a server may do otherwise."
	}
	return "This run had no case of it."
}

// margin folds the results of cases by the case.
func margin(results []conformance.CaseResult) []judged {
	byCase := map[string][]conformance.CaseResult{}
	var order []string
	for _, c := range results {
		if byCase[c.Case] == nil {
			order = append(order, c.Case)
		}
		byCase[c.Case] = append(byCase[c.Case], c)
	}
	slices.Sort(order)
	out := make([]judged, 0, len(order))
	for _, id := range order {
		_, slug, _ := strings.Cut(id, "/")
		all := byCase[id]
		slices.SortFunc(all, func(a, b conformance.CaseResult) int { return cmp.Compare(a.Format, b.Format) })
		one := judged{sign: rankOf(all[0]).sign(), Slug: slug, Link: "#" + id}
		if slices.ContainsFunc(all, func(c conformance.CaseResult) bool { return rankOf(c) != rankOf(all[0]) }) {
			for _, c := range all {
				s := formatSign{sign: rankOf(c).sign(), Format: c.Format}
				if c.Failure != nil {
					s.Link = "#" + name(c)
				}
				one.Signs = append(one.Signs, s)
			}
		} else if all[0].Failure != nil {
			one.Link = "#" + name(all[0])
		}
		out = append(out, one)
	}
	return out
}
