// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// The labels that a Rule may give a case. A case is also labelled by its level, by
// its chapter, by whether it waits, and by what its requirement is about.
const (
	// Security is for what an attacker, or a neighbour, would try.
	Security = "security"
	// Isolation is for what must not cross from one queue, project or client to
	// another.
	Isolation = "isolation"
	// Concurrency is for what is asked by several clients at once.
	Concurrency = "concurrency"
	// Boundary is for the limits of the schema.
	Boundary = "boundary"

	waitingLabel = "waiting"
)

// ruleLabels are those that a Rule may hold.
func ruleLabels() []string { return []string{Boundary, Concurrency, Isolation, Security} }

// Labels are all that a selection may name, in alphabetical order.
func Labels() []string {
	all := append(ruleLabels(), waitingLabel)
	for _, l := range []spec.Level{spec.Must, spec.Should, spec.May} {
		all = append(all, strings.ToLower(string(l)))
	}
	for _, c := range spec.Chapters() {
		all = append(all, c.Name)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Labels are what the case is about.
func (c Case) Labels() []string {
	all := []string{strings.ToLower(string(c.Requirement.Level)), c.Requirement.Chapter}
	if c.Waiting {
		all = append(all, waitingLabel)
	}
	all = append(all, labelsOf(c.Requirement.ID)...)
	all = append(all, c.Rule.Labels...)
	slices.Sort(all)
	return slices.Compact(all)
}

// labelsOf are the labels of all cases of a requirement.
func labelsOf(id spec.ID) (labels []string) {
	for label, ids := range map[string][]spec.ID{
		Security: {
			spec.FRM9, spec.FRM15, spec.FRM16, spec.FRM17, spec.FRM33, spec.FRM52, spec.FRM70, spec.FRM80,
			spec.AUT53, spec.AUT54, spec.AUT55, spec.AUT56, spec.AUT57, spec.AUT58, spec.AUT59, spec.AUT60, spec.AUT61,
			spec.MSG40, spec.MSG63, spec.CLM18,
		},
		Isolation: {spec.AUT56, spec.FRM70, spec.MSG40, spec.CLM18, spec.QUE18},
	} {
		if slices.Contains(ids, id) {
			labels = append(labels, label)
		}
	}
	if slices.ContainsFunc(schema.Model().Limits, func(l schema.Limit) bool { return l.Req == string(id) }) {
		labels = append(labels, Boundary)
	}
	return labels
}
