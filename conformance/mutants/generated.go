// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Generated are the faults that the schema gives rise to: for each action one in its
// replies' statuses, in each field of their bodies, in the echo, and in the messages
// that carry them. The names are paths, such as
// claim-create/201/messages[]/age/dropped.
func Generated() []Mutant {
	var all []Mutant
	model := schema.Model()
	for i := range model.Actions {
		a := &model.Actions[i]
		for _, r := range distinct(a.Responses) {
			if r.Status >= statusInternal {
				continue // which no request brings about
			}
			all = append(all, statusFaults(a, r)...)
			all = append(all, bodyFaults(model, a, r)...)
		}
		all = append(all, echoFaults(a)...)
		all = append(all, messageFaults(a)...)
	}
	return all
}

// distinct are the responses of an action, one for each status.
func distinct(all []schema.Response) []schema.Response {
	var some []schema.Response
	for _, r := range all {
		if !slices.ContainsFunc(some, func(o schema.Response) bool { return o.Status == r.Status }) {
			some = append(some, r)
		}
	}
	return some
}

// dashed is a name as part of a mutant's name.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// statusFaults answer with another status than the right one.
func statusFaults(a *schema.Action, r schema.Response) []Mutant {
	others := map[int][]int{
		200: {201, 204, 404, 500},
		201: {200, 204, 500},
		204: {200, 404, 500},
		400: {200, 204, 403, 500},
		401: {200, 400, 403, 500},
		403: {200, 204, 400, 404},
		404: {200, 204, 400, 500},
		409: {200, 204, 400, 404, 500},
	}
	var all []Mutant
	for _, other := range others[r.Status] {
		if permits(a, r, other) {
			continue
		}
		all = append(all, Mutant{
			Name:   fmt.Sprintf("%s/%d/status-%d", dashed(a.Name), r.Status, other),
			Breaks: spec.ID(r.Req),
			Does:   fmt.Sprintf("%s answers with status %d where %d is due", a.Name, other, r.Status),
			Codec:  recoded(a.Name, r.Status, other),
		})
	}
	return all
}

// permits says whether the schema has the other status for the same case: a missing
// queue may be answered by queue_get with 200 (QUE-15).
func permits(a *schema.Action, r schema.Response, other int) bool {
	return a.Name == "queue_get" && r.Status == statusNotFound && other == statusOK
}

// bodyFaults spoil one place of a reply's body.
func bodyFaults(model *schema.Definition, a *schema.Action, r schema.Response) []Mutant {
	var all []Mutant
	for _, place := range places(model, r.Body, nil) {
		for _, c := range changes(place) {
			at := append(slices.Clone(place.steps), c.name)
			all = append(all, Mutant{
				Name:   fmt.Sprintf("%s/%d/%s", dashed(a.Name), r.Status, dashed(strings.Join(at, "/"))),
				Breaks: spec.ID(place.req),
				Does:   fmt.Sprintf("%s answers %d with %s %s", a.Name, r.Status, place, c.does),
				Codec:  encoding(a.Name, r.Status, place.steps, c.edit),
			})
		}
	}
	return all
}
