// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/spec"
)

// kind is what failed in one way: a rule, and the cases that show it.
type kind struct {
	sign
	ID    string // of its place on the page
	Rule  spec.Requirement
	Words template.HTML // of the rule
	Cases []article
	// Distinct counts the cases, formats apart.
	Distinct int
	// Reason says why nothing could be judged; then there is no rule.
	Reason string
}

// trouble is a rule that is broken or not followed, or a reason why nothing could be
// judged: what a reader asks for first.
type trouble struct {
	kind

	Results int
}

// troubles fold kinds by their rule, those with the most results first among equals.
// What was expected is none, nor what is not applicable.
func troubles(kinds []kind) []trouble {
	var out []trouble
	at := map[string]int{}
	for _, k := range kinds {
		if k.sign == absent.sign() || k.sign == known.sign() {
			continue
		}
		key := k.Word + string(k.Rule.ID) + k.Reason
		if i, ok := at[key]; ok {
			out[i].Distinct += k.Distinct
			out[i].Results += len(k.Cases)
			continue
		}
		at[key] = len(out)
		out = append(out, trouble{k, len(k.Cases)})
	}
	slices.SortStableFunc(out, func(a, b trouble) int {
		return cmp.Or(cmp.Compare(rankOf(b.Cases[0].CaseResult), rankOf(a.Cases[0].CaseResult)), b.Results-a.Results)
	})
	return out
}

// resultsOf counts the results of all.
func resultsOf(all []trouble) (n int) {
	for _, t := range all {
		n += t.Results
	}
	return n
}

// article is the page of a case that did not pass.
type article struct {
	conformance.CaseResult
	sign

	Name  string
	Again string
	Rule  spec.Requirement
	Words template.HTML // of the rule
	// Packed is its number among those that a script unpacks, from 0; -1 for one that
	// stands on the page.
	Packed int
	// Left says that its frames are not in the page, which would be too large.
	Left bool
}

// kinds folds what did not pass: the broken MUSTs first, what was expected last.
func (r Run) kinds() ([]kind, error) {
	var all [][]conformance.CaseResult
	for _, v := range []conformance.Verdict{conformance.Fail, conformance.Untested, conformance.Warn} {
		all = append(all, report.Alike(r.Result.Cases, v)...)
	}
	var expected []conformance.CaseResult
	for _, c := range r.Result.Cases {
		if c.Known != nil {
			c.Known = nil // to be folded as others are
			expected = append(expected, c)
		}
	}
	unexpected := len(all)
	all = append(all, report.Alike(expected, conformance.Fail)...)
	all = append(all, report.Alike(expected, conformance.Warn)...)
	all = append(all, report.Alike(r.Result.Cases, conformance.NA)...)

	known := map[string]*conformance.Known{}
	for _, c := range r.Result.Cases {
		known[name(c)] = c.Known
	}
	out := make([]kind, 0, len(all))
	for i, cases := range all {
		if i >= unexpected {
			for j := range cases {
				cases[j].Known = known[name(cases[j])]
			}
		}
		k, err := r.kind(fmt.Sprintf("kind-%d", i+1), cases)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

func (r Run) kind(id string, cases []conformance.CaseResult) (kind, error) {
	first := cases[0]
	k := kind{sign: rankOf(first).sign(), ID: id, Reason: first.Reason}
	if first.Failure != nil {
		k.Rule, _ = spec.Get(first.Failure.Requirement)
		var err error
		if k.Words, err = inline(k.Rule.Text); err != nil {
			return kind{}, err
		}
	}
	var ids []string
	for _, c := range cases {
		if !slices.Contains(ids, c.Case) {
			ids = append(ids, c.Case)
		}
		k.Cases = append(k.Cases, article{
			CaseResult: c, sign: k.sign, Name: name(c), Again: report.Again(r.Result, c), Rule: k.Rule, Words: k.Words, Packed: -1,
		})
	}
	k.Distinct = len(ids)
	return k, nil
}
