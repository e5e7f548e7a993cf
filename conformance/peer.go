// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Peer is one connection with a memory, and all that a case acts through: it
// keeps the transcript, knows what it made, and holds each reply to the rules
// that all replies share. A call that finds one broken ends the case.
//
// Its methods may be called from one goroutine at a time; see Together.
type Peer struct {
	scene           *scene
	conn            *conn
	client, project string
	awaited         *[]*Sent // requests of this connection not yet answered, oldest first
}

// Sent is a request on its way; Peer.Receive takes its reply.
type Sent struct {
	action string
	kind   Kind
	// echo is what the reply's `request` has to be; nil if that is not judged.
	echo M
	// seen is what an echo of it looks like, judged or not.
	seen M
	// bare are the paths of the echo whose key the request did not have.
	bare map[string]bool
}

// Option changes a request before Do, Send or Request sends it.
type Option func(request M)

// Header sets a header of the request to any value, a bad one included.
func Header(name string, value any) Option {
	return func(request M) {
		if headers, ok := request["headers"].(M); ok {
			headers[name] = value
		}
	}
}

// NoHeader leaves a header out of the request.
func NoHeader(name string) Option {
	return func(request M) {
		if headers, ok := request["headers"].(M); ok {
			delete(headers, name)
		}
	}
}

// Key sets a top-level key of the request to any value, for example "headers".
func Key(name string, value any) Option { return func(request M) { request[name] = value } }

// NoKey leaves a top-level key out of the request.
func NoKey(name string) Option { return func(request M) { delete(request, name) } }

// Format is the encoding of the next request: the one that the case runs in, or,
// where it runs in both, the one whose turn it is on this connection.
func (p *Peer) Format() Format {
	if p.scene.format != Mixed {
		return p.scene.format
	}
	return p.scene.turn(p.conn)
}

// Limit is a limit of the target by its name in the schema, for example
// "max_message_ttl": the target's own if it declares one, else the default.
func (p *Peer) Limit(name string) int64 { return p.scene.limit(name) }

// Client is the Client-ID that the peer sends.
func (p *Peer) Client() string { return p.client }

// Project is the X-Project-ID that the peer sends.
func (p *Peer) Project() string { return p.project }

// As is the same connection under another Client-ID; see NewClient.
func (p *Peer) As(client string) *Peer {
	q := *p
	q.client = client
	return &q
}

// In is the same connection under another X-Project-ID; see NewProject.
func (p *Peer) In(project string) *Peer {
	q := *p
	q.project = project
	return &q
}

// NewClient makes a Client-ID from the seed: a UUID in lower case, with hyphens.
func (p *Peer) NewClient() string { return p.scene.uuid() }

// NewProject makes the id of a project that nobody uses. The case needs
// Rule{NeedsOwnProject: true}.
func (p *Peer) NewProject() string {
	if !p.scene.rule.NeedsOwnProject {
		p.scene.misused("a project of its own needs Rule{NeedsOwnProject: true}")
	}
	return p.scene.fresh()
}

// Another opens a second connection, under the same Client-ID and project.
func (p *Peer) Another(ctx context.Context) *Peer {
	q := *p
	q.conn, q.awaited = p.scene.dial(ctx), new([]*Sent)
	q.beIn(ctx)
	return &q
}

// Request is the request that Do would send, to be encoded or changed by hand.
// A nil body is sent as an empty map; leave it out by NoKey("body").
func (p *Peer) Request(action string, body M, opts ...Option) M {
	if body == nil {
		body = M{}
	}
	request := M{
		"action":  action,
		"headers": M{headerClient: p.client, headerProject: p.project},
		"body":    body,
	}
	for _, o := range opts {
		o(request)
	}
	return request
}

// Encode encodes any value in the case's format, to be spoilt and sent by
// SendFrame. It ends the case as untested if the format has no such value.
func (p *Peer) Encode(v any) []byte {
	data, err := write(p.Format(), v)
	if err != nil {
		p.scene.give(Untested, fmt.Sprintf("cannot encode the request: %v", err))
	}
	return data
}

// Do sends one request in the case's format and judges its one reply: it comes
// in time, is a message of the same kind, well-formed, in the shape that the
// schema publishes for the action, and its echo is value-equal.
func (p *Peer) Do(ctx context.Context, action string, body M, opts ...Option) *Answer {
	return p.Receive(ctx, p.Send(ctx, action, body, opts...))
}

// Ask is Do for a request that is any value: no header is added.
func (p *Peer) Ask(ctx context.Context, request any) *Answer {
	return p.Receive(ctx, p.SendValue(ctx, request))
}

// Send sends a request and does not wait for its reply.
func (p *Peer) Send(ctx context.Context, action string, body M, opts ...Option) *Sent {
	return p.SendValue(ctx, p.Request(action, body, opts...))
}

// SendValue sends any value as a request. Its echo is judged if it is a map.
func (p *Peer) SendValue(ctx context.Context, request any) *Sent {
	return p.sendValue(ctx, p.Format().kind(), p.Encode(request), request)
}

// SendAs is SendValue in a message of the given kind, whatever the case's format.
func (p *Peer) SendAs(ctx context.Context, kind Kind, request any) *Sent {
	return p.sendValue(ctx, kind, encoded(kind, request), request)
}

func (p *Peer) sendValue(ctx context.Context, kind Kind, data []byte, request any) *Sent {
	s := &Sent{kind: kind, echo: echoOf(request)}
	if m, ok := request.(M); ok {
		s.action, _ = m["action"].(string)
		p.scene.noteQueue(m)
		p.conn.heard.asked(m, kind)
		s.bare = bareParts(m)
	}
	return p.send(ctx, s, data)
}

// SendFrame sends bytes as they are, in a message of the given kind. Nothing is
// known of its echo. What they may make is named by Name, so that it is deleted.
func (p *Peer) SendFrame(ctx context.Context, kind Kind, data []byte) *Sent {
	return p.send(ctx, &Sent{kind: kind}, data)
}

// SendFragments sends a request in the case's format as one message of several
// fragments, cut at equal lengths. What its echo is tells what was read of it, so
// that is for the case to judge.
func (p *Peer) SendFragments(ctx context.Context, fragments int, action string, body M, opts ...Option) *Sent {
	request := p.Request(action, body, opts...)
	data := p.Encode(request)
	p.scene.noteQueue(request)
	return p.send(ctx, &Sent{kind: p.Format().kind(), action: action}, inPieces(data, fragments)...)
}

// DoFrame sends bytes as they are and judges the one reply to them by all that
// can be known: kind, well-formedness, shape.
func (p *Peer) DoFrame(ctx context.Context, kind Kind, data []byte) *Answer {
	return p.Receive(ctx, p.SendFrame(ctx, kind, data))
}

func (p *Peer) send(ctx context.Context, s *Sent, parts ...[]byte) *Sent {
	p.sending(ctx, s, parts...)
	ctx, cancel := context.WithTimeout(ctx, p.scene.deadline())
	defer cancel()
	p.unsent(p.conn.write(ctx, s.kind, parts...))
	return s
}

// sending is what is done before a message is sent, however that is.
func (p *Peer) sending(ctx context.Context, s *Sent, parts ...[]byte) {
	p.wantNothing()
	p.beIn(ctx)
	p.conn.sent.Add(1)
	p.scene.sent(p.conn, s, parts...)
	*p.awaited = append(*p.awaited, s)
}

// unsent notes that not all could be sent. The reply that came before the end says
// more than that.
func (p *Peer) unsent(err error) {
	if err != nil {
		why := p.scene.clean(err.Error())
		p.scene.remark(p.conn, "not all could be sent: "+why, &Note{What: Unsent, Text: why})
	}
}

// wantNothing judges that no message came that nobody asked for.
func (p *Peer) wantNothing() {
	if len(*p.awaited) > 0 {
		return
	}
	for e, ok := p.conn.unread(); ok; e, ok = p.conn.unread() {
		a := p.scene.received(p.conn, nil, e)
		if e.end != nil {
			return // the next request finds it closed
		}
		if !p.hears(a) {
			unasked(a)
		}
	}
}

// unasked ends the case: a message is neither a reply nor a notification.
func unasked(a *Answer) {
	a.fail(Failure{
		Requirement: ruleOneReply, Symptom: BadOrder, Path: "messages to one request",
		Expected: "one reply to each request", Actual: "one more message, unasked",
	})
}

// Together runs do n times at once, each with a connection and a Client-ID of
// its own, and waits for all. If several end the case, the one with the lowest i decides.
func (p *Peer) Together(ctx context.Context, n int, do func(ctx context.Context, i int, p *Peer)) {
	peers := make([]*Peer, n)
	for i := range peers {
		peers[i] = p.Another(ctx).As(p.NewClient())
	}
	p.scene.together(n, func(i int) { do(ctx, i, peers[i]) })
}

// Want judges a value that a case worked out from several replies, as
// Answer.Want does; what names it, for example "messages in both claims".
func (p *Peer) Want(what string, got, want any) {
	got = mustNormal(got)
	if f, _ := p.scene.want(Question{What: OfValue, Of: -1, Path: what, Want: want, Got: got}, got); f != nil {
		p.scene.fail(*f)
	}
}

// Skip ends the case as not applicable: what it needs is declared absent.
func (p *Peer) Skip(reason string) { p.scene.give(NA, reason) }

// echoOf is what FRM-30 to FRM-32 ask for as `request`; nil for no map.
func echoOf(request any) M {
	m, ok := request.(M)
	if !ok {
		return nil
	}
	echo := M{"action": m["action"], "body": M{}, "headers": M{}, "api": "v2"}
	if body, ok := m["body"]; ok {
		echo["body"] = body
	}
	if headers, ok := m["headers"]; ok && headers != nil {
		echo["headers"] = headers
		if h, ok := headers.(M); ok {
			echo["headers"] = withoutCredentials(h)
		}
	}
	echo, err := normalMap(echo)
	if err != nil {
		return nil // it cannot be sent either
	}
	return echo
}

// bareParts are the paths of the echo that FRM-31 rules.
func bareParts(request M) map[string]bool {
	return map[string]bool{
		"request.action":  at(request, "action") == absent,
		"request.body":    at(request, "body") == absent,
		"request.headers": request["headers"] == nil,
	}
}

// ruleFor fills in the case's own requirement where a failure cites none.
func (f Failure) ruleFor(own spec.ID) Failure {
	if f.Requirement == "" {
		f.Requirement = own
	}
	f.Expected, f.Actual = strings.TrimSpace(f.Expected), strings.TrimSpace(f.Actual)
	return f
}
