// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
)

// act sends what the model asks, and reads the reply as the model knows it.
func (p *Peer) act(ctx context.Context, queue string, a act) reply {
	return replyOf(p.Do(ctx, a.action, a.body(queue)))
}

// body is the body of the request.
func (a act) body(queue string) M {
	body := M{"queue_name": queue}
	switch a.action {
	case "queue_purge":
		if a.spares {
			body["resource_types"] = L{"subscriptions"}
		}
	case "message_post":
		messages := make(L, len(a.bodies))
		for i, b := range a.bodies {
			messages[i] = M{"body": b}
		}
		body["messages"] = messages
	case "message_list":
		body["limit"], body["echo"] = a.limit, a.echo
		if a.marker != "" {
			body["marker"] = a.marker
		}
		if a.claimed {
			body["include_claimed"] = true
		}
	case "message_get", "message_delete":
		body["message_id"] = a.ids[0]
	case "message_get_many":
		body["message_ids"] = a.ids
	case "message_delete_many":
		if a.limit > 0 {
			body["pop"] = a.limit
			return body
		}
		body["message_ids"] = a.ids
	case "claim_create":
		body["limit"], body["ttl"] = a.limit, a.ttl
	case "claim_update":
		body["ttl"] = a.ttl
	}
	if a.claim != "" {
		body["claim_id"] = a.claim
	}
	if a.claims != nil {
		body["claim_ids"] = a.claims
	}
	return body
}

// replyOf reads a reply, whose shape was judged before.
func replyOf(a *Answer) reply {
	r := reply{status: a.Status()}
	if r.status >= 300 {
		return r
	}
	r.claim, _ = a.at("body.claim_id").(string)
	r.ttl, _ = a.at("body.ttl").(int64)
	r.age, _ = a.at("body.age").(int64)
	ids, _ := a.at("body.message_ids").(L)
	for _, id := range ids {
		text, _ := id.(string)
		r.ids = append(r.ids, text)
	}
	switch messages := a.at("body.messages").(type) {
	case L:
		for _, m := range messages {
			m, _ := m.(M)
			r.messages = append(r.messages, shownOf(m))
		}
	case M: // one message, or stats
		r.free, _ = messages["free"].(int64)
		r.claimed, _ = messages["claimed"].(int64)
		r.total, _ = messages["total"].(int64)
		r.messages = []shown{shownOf(messages)}
	}
	return r
}

func shownOf(m M) shown {
	s := shown{body: printed(at(m, "body"))}
	if text, ok := m["body"].(string); ok {
		s.body = text
	}
	s.id, _ = m["id"].(string)
	s.claim, _ = m["claim_id"].(string)
	return s
}

// labelled is an act whose messages and claims are named by their labels.
func (w *walk) labelled(q *queue, a act) act {
	ids, claims := a.ids, a.claims
	a.ids, a.claims = nil, nil
	for _, id := range ids {
		a.ids = append(a.ids, q.name(id))
	}
	if a.marker != "" {
		a.marker = q.name(a.marker)
	}
	for _, id := range claims {
		a.claims = append(a.claims, w.claimLabel(id))
	}
	if a.claim != "" {
		a.claim = w.claimLabel(a.claim)
	}
	return a
}

func (w *walk) claimLabel(id string) string {
	for label, known := range w.ids {
		if known == id {
			return label
		}
	}
	return id
}

// resolved is an act with the ids that its labels have in this history; what was
// never made gets an id that nothing has.
func (w *walk) resolved(a act) act {
	id := func(label string) string {
		switch known := w.ids[label]; {
		case known != "":
			return known
		case label == "":
			return ""
		default:
			return w.clients[0].scene.nobody(label)
		}
	}
	a.ids, a.claims = slices.Clone(a.ids), slices.Clone(a.claims)
	for i, label := range a.ids {
		a.ids[i] = id(label)
	}
	for i, label := range a.claims {
		a.claims[i] = id(label)
	}
	a.marker, a.claim = id(a.marker), id(a.claim)
	return a
}

// nobody is a UUID for a label, of a thing that is not there.
func (s *scene) nobody(label string) string { return uuidFrom(s.digest("nobody" + label)) }

// historySum is where the n-th history of a case comes from: the same in each format.
func (s *scene) historySum(seed string, n int) [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s/%s/history %d", seed, s.id, n))
}

// mark is the place of the transcript's next line.
func (s *scene) mark() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.lines)
}

// cut takes the lines from a mark on out of the transcript.
func (s *scene) cut(from int) []written {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := slices.Clone(s.lines[from:])
	s.lines = s.lines[:from]
	return lines
}

// put appends lines to the transcript.
func (s *scene) put(lines []written) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, lines...)
}
