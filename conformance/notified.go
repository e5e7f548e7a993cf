// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// The types of notifications that the judge knows.
const (
	typeNotification = "Notification"
	typeEnded        = "SubscriptionEnded"
)

// heard is what a connection was told unasked, and what it subscribed to.
type heard struct {
	kinds map[string][]Kind // of the requests that may have subscribed it, by queue
	news  []*Answer         // notifications of messages that no case has taken yet
	ends  []*Answer         // the same of ends
}

// asked notes a request that may subscribe the connection.
func (h *heard) asked(request M, kind Kind) {
	subscriber := lookup(request, "body.subscriber")
	queue, named := lookup(request, "body.queue_name").(string)
	if request["action"] != "subscription_create" || !named || subscriber != absent && subscriber != "" {
		return
	}
	if h.kinds == nil {
		h.kinds = map[string][]Kind{}
	}
	h.kinds[queue] = append(h.kinds[queue], kind)
}

func (h *heard) subscribed() bool { return h.kinds != nil }

// Subscribe subscribes the connection to a queue, for the target's default life, and
// returns the subscription's id.
func (p *Peer) Subscribe(ctx context.Context, queue string) (id string) {
	p.scene.preparing(func() {
		id = p.Do(ctx, "subscription_create", M{"queue_name": queue}).WantStatus(201).Text("body.subscription_id")
	})
	return id
}

// Notified takes the next notification of a message, which has to come in time. What
// it holds is judged by Want, with paths such as body and queue_name.
func (p *Peer) Notified(ctx context.Context) *Answer {
	return p.told(ctx, "Notified", &p.conn.heard.news, "a notification")
}

// Ended takes the next notification of the end of a subscription, which has to come
// in time.
func (p *Peer) Ended(ctx context.Context) *Answer {
	return p.told(ctx, "Ended", &p.conn.heard.ends, "a notification of the end of a subscription")
}

// NotifiedOf takes as many notifications of messages, and returns their bodies in
// the order in which they came.
func (p *Peer) NotifiedOf(ctx context.Context, n int) L {
	bodies := make(L, n)
	for i := range bodies {
		bodies[i] = p.Notified(ctx).Get("body")
	}
	return bodies
}

// told takes the first of a list, to which it adds what comes.
func (p *Peer) told(ctx context.Context, helper string, list *[]*Answer, what string) *Answer {
	p.scene.check(helper, "notification", what)
	for len(*list) == 0 {
		e, ok := p.next(ctx, p.scene.deadline())
		if !ok {
			p.scene.failHere(Failure{
				Symptom: NoReply, Path: "notification",
				Expected: what, Actual: fmt.Sprintf("none within %v", p.scene.run.deadline),
			})
		}
		a := p.scene.received(p.conn, nil, e)
		switch {
		case a.end != nil:
			p.scene.failHere(Failure{Symptom: Closed, Path: "notification", Expected: what, Actual: a.end.String()})
		case !p.hears(a):
			unasked(a)
		}
	}
	first := (*list)[0]
	*list = (*list)[1:]
	return first
}

// NotNotified judges that no further notification of a message comes: none before the
// reply to one more request, and none within a moment that is long for what was
// caused before that.
func (p *Peer) NotNotified(ctx context.Context) {
	p.scene.check("NotNotified", "notification", "none comes")
	p.probe(ctx)
	for len(p.conn.heard.news) == 0 {
		e, ok := p.next(ctx, p.scene.run.moment())
		if !ok {
			return
		}
		p.overhears(e)
	}
	p.conn.heard.news[0].fail(Failure{
		Symptom: BadValue, Path: "Message_Type", Expected: "no notification",
		Actual: "one of " + printed(p.conn.heard.news[0].at("body")),
	})
}

// overhears takes what came while nothing was asked: a notification, or what ends the case.
func (p *Peer) overhears(e event) {
	a := p.scene.received(p.conn, nil, e)
	switch {
	case a.end != nil:
		p.scene.failHere(Failure{Symptom: Closed, Path: "connection", Expected: "open", Actual: a.end.String()})
	case !p.hears(a):
		unasked(a)
	}
}

// NotTold is NotNotified, and judges that no end of a subscription was told either.
func (p *Peer) NotTold(ctx context.Context) {
	p.NotNotified(ctx)
	if ends := p.conn.heard.ends; len(ends) > 0 {
		ends[0].fail(Failure{
			Symptom: BadValue, Path: "Message_Type", Expected: "no notification",
			Actual: "one of the end of " + printed(ends[0].at("subscription_id")),
		})
	}
}

// hears says whether a message is a notification, judges it by what holds for all of
// them, and keeps it for the case.
func (p *Peer) hears(a *Answer) bool {
	h := &p.conn.heard
	m, isMap := a.value.(M)
	typed := a.at("Message_Type") != absent
	if !isMap || a.at("request") != absent || !typed && (!h.subscribed() || a.at("headers") != absent) {
		return false
	}
	if !h.subscribed() {
		a.fail(Failure{
			Requirement: ruleUnsubscribed, Symptom: BadValue, Path: "Message_Type",
			Expected: "no notification: the connection has not subscribed", Actual: "one, of " + printed(m["queue_name"]),
		})
	}
	kind, isText := m["Message_Type"].(string)
	if !isText {
		a.fail(Failure{
			Requirement: ruleNotification, Symptom: BadShape, Path: "Message_Type",
			Expected: "Message_Type = a string", Actual: assign("Message_Type", printed(a.at("Message_Type"))),
		})
	}
	if a.at("headers") != absent {
		a.fail(Failure{
			Requirement: ruleNotification, Symptom: BadShape, Path: "headers",
			Expected: "headers absent", Actual: "headers = " + printed(m["headers"]),
		})
	}
	p.judgeNews(a, kind)
	switch kind {
	case typeNotification:
		h.news = append(h.news, a)
	case typeEnded:
		h.ends = append(h.ends, a)
	}
	return true
}

// judgeNews holds a notification to its published schema, and to what the connection
// has subscribed to.
func (p *Peer) judgeNews(a *Answer, kind string) {
	shapes, h := p.scene.run.shapes, &p.conn.heard
	i := slices.IndexFunc(shapes.model.Notifications, func(n schema.Notification) bool { return messageType(n) == kind })
	if i < 0 {
		return // of a type that the schema does not know: a client passes over it
	}
	if f := shapes.misfit(shapes.byType[kind], a.value); f != nil {
		f.Requirement = spec.ID(shapes.model.Notifications[i].Req)
		a.fail(*f)
	}
	queue, _ := a.at("queue_name").(string)
	kinds := h.kinds[queue]
	switch {
	case kinds == nil:
		a.fail(Failure{
			Symptom: BadValue, Path: "queue_name", // which rule it breaks depends on how it came to be
			Expected: "queue_name = " + or(quotedAll(slices.Sorted(maps.Keys(h.kinds)))),
			Actual:   assign("queue_name", printed(queue)),
		})
	case !slices.Contains(kinds, a.kind):
		a.fail(Failure{
			Requirement: ruleKindOfNews, Symptom: BadShape, Path: "notification",
			Expected: "a " + kinds[0].String() + " message", Actual: "a " + a.kind.String() + " message",
		})
	}
}

func quotedAll(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = printed(w)
	}
	return all
}

// messageType is what tells a notification of the schema from others.
func messageType(n schema.Notification) string {
	for _, f := range n.Fields {
		if f.Name == "Message_Type" && len(f.Shape.Enum) == 1 {
			return f.Shape.Enum[0]
		}
	}
	return ""
}

// Untaken is how many notifications of messages came that the case has not taken.
func (p *Peer) Untaken() int { return len(p.conn.heard.news) }

// DoesNotRead says that nothing more is read from the connection, by the case's own
// doing: what the target makes of it is not judged.
func (p *Peer) DoesNotRead() {
	p.scene.note(p.conn, "nothing more is read from here")
	p.conn.mute = true
}

// Abandon says that nothing more can be asked over the connection: it is left with a
// message that never ends, with an extension that the judge lacks, or to its end.
func (p *Peer) Abandon() { p.conn.mute = true }

// maxAsked is how often Until asks again, and askAgain after how long: enough for a target
// of several servers to do what the case cannot wait for otherwise.
const (
	maxAsked = 100
	askAgain = 20 * time.Millisecond
)

// Until asks again and again until the value at path is as wanted, and judges it then.
func (p *Peer) Until(ctx context.Context, ask func() *Answer, path string, want any) {
	a := ask()
	for range maxAsked {
		if ok, _ := matches(a.at(path), want); ok {
			break
		}
		if e, came := p.next(ctx, askAgain); came {
			p.overhears(e)
		}
		a = ask()
	}
	a.Want(path, want)
}
