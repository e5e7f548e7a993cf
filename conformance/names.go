// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
)

// queueName is a queue that a case may have made; or a pool or a flavor, which are
// of no project.
type queueName struct {
	Project string `json:"project"`
	Name    string `json:"queue"`
	Kind    string `json:"kind,omitempty"` // "pool" or "flavor"; empty for a queue
	asked   bool   // a request was sent that makes it
}

// full is the queue as project/queue, or the kind and name of what is of no project.
func (q queueName) full() string {
	if q.Kind != "" {
		return q.Kind + " " + q.Name
	}
	return q.Project + "/" + q.Name
}

// sort is the kind of what is named.
func (q queueName) sort() string { return cmp.Or(q.Kind, "queue") }

// Name makes a queue name that nobody uses, in the project of the peer. The
// queue is deleted when the case ends, whatever made it.
func (p *Peer) Name() string {
	name := p.scene.fresh()
	p.scene.name(queueName{Project: p.project, Name: name})
	return name
}

// Odd says that the case uses a name that cannot carry the run's prefix, such
// as one of 64 characters. The queue is deleted when the case ends. The case
// needs Rule{NeedsOwnProject: true}.
func (p *Peer) Odd(name string) string {
	if !p.scene.rule.NeedsOwnProject {
		p.scene.misused("an odd name needs Rule{NeedsOwnProject: true}")
	}
	p.scene.name(queueName{Project: p.project, Name: name})
	return name
}

// Leave is Odd for a name that a target may take for one of its own keys, such
// as queues_set: deleting it could destroy more than the queue, so it is left
// there, and counted as left on purpose.
func (p *Peer) Leave(name string) string {
	p.scene.mu.Lock()
	if p.scene.leave == nil {
		p.scene.leave = map[string]bool{}
	}
	p.scene.leave[name] = true
	p.scene.mu.Unlock()
	if p.scene.run.recording {
		p.scene.question(p.scene.line(Line{Dir: Asked, Short: "left on purpose"}), Question{What: LeftOnPurpose, Path: name})
	}
	return p.Odd(name)
}

// NewQueue creates a queue without metadata and returns its name.
func (p *Peer) NewQueue(ctx context.Context) string { return p.NewQueueWith(ctx, nil) }

// NewQueueWith creates a queue with metadata and returns its name.
func (p *Peer) NewQueueWith(ctx context.Context, metadata M) string {
	name := p.Name()
	body := M{"queue_name": name}
	if metadata != nil {
		body["metadata"] = metadata
	}
	p.scene.preparing(func() { p.Do(ctx, "queue_create", body).WantStatus(201) })
	return name
}

// Post posts the bodies, each as a message with the target's default ttl, and
// returns the ids in their order.
func (p *Peer) Post(ctx context.Context, queue string, bodies ...any) []string {
	messages := make([]M, len(bodies))
	for i, b := range bodies {
		messages[i] = M{"body": b}
	}
	return p.PostMessages(ctx, queue, messages...)
}

// PostMessages posts messages as they are given ({ttl, body}), in as few
// requests as the limits allow, and returns the ids in their order.
func (p *Peer) PostMessages(ctx context.Context, queue string, messages ...M) []string {
	ids := make([]string, 0, len(messages))
	p.scene.preparing(func() {
		for some := range slices.Chunk(messages, 20) {
			a := p.Do(ctx, "message_post", M{"queue_name": queue, "messages": some})
			a.WantStatus(201).Want("body.message_ids", Length(len(some)))
			ids = append(ids, a.Strings("body.message_ids")...)
		}
	})
	return ids
}

// Claim claims messages: args are those of claim_create besides queue_name, and
// may be nil. It returns the claim's id and its messages; the queue must hold
// a message to claim.
func (p *Peer) Claim(ctx context.Context, queue string, args M) (id string, messages []M) {
	body := M{"queue_name": queue}
	maps.Copy(body, args)
	p.scene.preparing(func() {
		a := p.Do(ctx, "claim_create", body).WantStatus(201)
		id, messages = a.Text("body.claim_id"), a.Messages()
	})
	return id, messages
}

// name journals and remembers a queue before it can exist.
func (s *scene) name(q queueName) {
	s.mu.Lock()
	at := slices.IndexFunc(s.queues, func(o queueName) bool { return o.full() == q.full() })
	known := at >= 0
	if known {
		s.queues[at].asked = s.queues[at].asked || q.asked
	} else {
		s.queues = append(s.queues, q)
	}
	leave := s.leave[q.Name]
	s.mu.Unlock()
	if known {
		return
	}
	if err := s.run.janitor.journal(q, leave); err != nil {
		s.give(Untested, fmt.Sprintf("the journal cannot be written: %v", err))
	}
}

// noteQueue remembers the queue, pool or flavor that a request may make, under a
// name that the case did not take from Name.
func (s *scene) noteQueue(request M) {
	action, _ := request["action"].(string)
	for _, kind := range []string{"pool", "flavor"} {
		if name, named := lookup(request, "body."+kind+"_name").(string); named && action == kind+"_create" {
			s.name(queueName{Name: name, Kind: kind, asked: true})
		}
	}
	makes := slices.Contains([]string{"queue_create", "message_post", "subscription_create"}, action)
	name, named := lookup(request, "body.queue_name").(string)
	headers, _ := request["headers"].(M)
	project, scoped := headers[headerProject].(string)
	if makes && named && scoped {
		s.name(queueName{Project: project, Name: name, asked: true})
	}
}
