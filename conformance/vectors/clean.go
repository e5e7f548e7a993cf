// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// makers are the actions that make something, what names it, and what removes it again.
var makers = map[string]struct{ name, remove string }{
	"queue_create":        {"queue_name", "queue_delete"},
	"message_post":        {"queue_name", "queue_delete"},
	"subscription_create": {"queue_name", "queue_delete"},
	"flavor_create":       {"flavor_name", "flavor_delete"},
	"pool_create":         {"pool_name", "pool_delete"},
}

// clean are the requests, in JSON, that remove what a case made: its queues, and then its
// flavors and pools.
func clean(transcripts []conformance.CaseResult) []step {
	requests := map[string][]string{}
	for _, r := range transcripts {
		left := leftOnPurpose(r)
		for _, l := range r.Transcript {
			if l.Dir != conformance.Outgoing {
				continue
			}
			how, request := removal(l, left)
			if request != "" && !slices.Contains(requests[how], request) {
				requests[how] = append(requests[how], request)
			}
		}
	}
	steps := []step{}
	for _, request := range slices.Concat(requests["queue_delete"], requests["flavor_delete"], requests["pool_delete"]) {
		steps = append(steps, step{"text": literal(conformance.Text, request)})
	}
	return steps
}

// leftOnPurpose are the names that are not to be removed.
func leftOnPurpose(r conformance.CaseResult) []string {
	var names []string
	for _, l := range r.Transcript {
		if l.Question != nil && l.Question.What == conformance.LeftOnPurpose {
			names = append(names, l.Question.Path)
		}
	}
	return names
}

// removal is the request that removes what a message may have made; empty if it made
// nothing.
func removal(l conformance.Line, left []string) (how, request string) {
	message, err := conformance.Decode(l.Kind, l.Message())
	if err != nil {
		return "", ""
	}
	action, _ := conformance.ValueIn(message, "action")
	word, _ := action.(string)
	maker, makes := makers[word]
	name, named := conformance.ValueIn(message, "body."+maker.name)
	if text, isText := name.(string); !makes || !named || !isText || slices.Contains(left, text) {
		return "", ""
	}
	headers, _ := conformance.ValueIn(message, "headers")
	frame, err := conformance.Encode(conformance.Text, object{
		"action": maker.remove, "headers": headers, "body": object{maker.name: name},
	})
	if err != nil {
		return "", ""
	}
	return maker.remove, string(frame)
}
