// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Identity is a token, and the project that it is one of.
type Identity struct{ Token, Project string }

// identity is what a case may need to be let in as.
type identity string

// The identities that a Rule may name.
const (
	// asSigner is for a case that signs requests itself.
	asSigner identity = "the key that the target checks signatures with (--signing-key)"
	// asOpen is for a target that asks for no token.
	asOpen identity = "a target that is open, and this one asks for tokens"
	// asKnown is for a target that asks for tokens.
	asKnown identity = "a token (--token)"
	// asStranger is a second one, of another project.
	asStranger identity = "a second identity (--other-token, --other-project)"
	// asEnding is a token that ends within ends.
	asEnding identity = "a token that ends during the run (--expiring-token)"
	// asMinted is for a case that decides itself how long its tokens live.
	asMinted identity = "tokens made for it, which only a program that embeds the suite can give"
	// asAdmin is for a case of what only an administrator may ask for: its connections
	// are let in as one.
	asAdmin identity = "an administrator's token (--admin-token)"
	// asCommon is for a case that needs one without an administrator's rights.
	asCommon identity = "a token without an administrator's rights, and none is known to be one (--admin-token)"
)

// ends is when, at the latest, a token that ends during the run ends, from its begin.
const ends = 60 * time.Second

// authenticates says whether there are tokens for the target.
func (t Target) authenticates() bool { return t.tokens() != "" }

// The ways to come to tokens, for a result.
const (
	given = "given"
	made  = "made"
)

// tokens says how the run comes to its tokens; empty for an open target.
func (t Target) tokens() string {
	switch {
	case t.Tokens != nil:
		return made
	case t.Token != "":
		return given
	}
	return ""
}

// target is the one that was judged, as a transcript knows it: without its tokens.
func (r Result) target() Target {
	t := Target{URL: r.URL, Project: r.Project, Client: r.Client, Profile: r.Profile, PoolURI: r.PoolURI}
	if r.Signing {
		t.SigningKey = []byte(redacted)
	}
	switch r.Tokens {
	case made:
		t.Tokens = func(string, time.Duration, bool) string { return redacted }
	case given:
		t.Token, t.Admin, t.Expiring, t.Other = redacted, redacted, redacted, Identity{redacted, r.OtherProject}
	}
	return t
}

// lacks is the first of the identities that the target has none for; empty if it has all.
func (t Target) lacks(needed []identity) identity {
	for _, id := range needed {
		if has := map[identity]bool{
			asSigner:   len(t.SigningKey) > 0,
			asOpen:     !t.authenticates(),
			asAdmin:    !t.authenticates() || t.Tokens != nil || t.Admin != "",
			asKnown:    t.authenticates(),
			asStranger: t.Tokens != nil || t.Other.Token != "",
			asEnding:   t.Tokens != nil || t.Expiring != "",
			asCommon:   t.Tokens != nil || t.Token != "" && t.Admin != "",
			asMinted:   t.Tokens != nil,
		}; !has[id] {
			return id
		}
	}
	return ""
}

// tokenOf is a token of a project that does not end during the run, an administrator's
// if there is one and admin asks for it; empty if there is none.
func (t Target) tokenOf(project string, admin bool) string {
	switch {
	case t.Tokens != nil:
		return t.Tokens(project, 0, admin)
	case project == t.Project && admin && t.Admin != "":
		return t.Admin
	case project == t.Project:
		return t.Token
	case project == t.Other.Project:
		return t.Other.Token
	}
	return ""
}

// raises says whether a client of a project can come as an administrator.
func (t Target) raises(project string) bool {
	return !t.authenticates() || t.Tokens != nil || t.Admin != "" && project == t.Project
}

// checkIdentities refuses tokens of which nobody knows the project.
func (t Target) checkIdentities() error {
	usage := func(text string) error { return &UsageError{errors.New(text)} }
	switch {
	case t.Token != "" && t.Project == "":
		return usage("a token needs the project that it is one of")
	case t.Token == "" && (t.Other.Token != "" || t.Expiring != "" || t.Admin != ""):
		return usage("a second token needs a first")
	case (t.Other.Token == "") != (t.Other.Project == ""):
		return usage("the second identity needs both a token and its project")
	case t.Other.Token != "" && t.Other.Project == t.Project:
		return usage("the second identity has to be one of another project")
	}
	return nil
}

// letsIn finds out whether the target takes the token that it was given, or does
// without one. What it does with the other requests of a client is for cases.
func (t Target) letsIn(ctx context.Context, l link) error {
	project := cmp.Or(t.Project, "zaqarwire")
	if t.authenticates() {
		e := entering{
			link: l, format: JSON, project: project, token: t.tokenOf(project, false),
			wait: askingElsewhere, keep: func(event) {},
		}
		switch status := e.do(ctx); status {
		case 503:
			return &UnreachableError{
				URL: t.shown(), Err: errors.New("it cannot check a token now (status 503)"),
				Hint: "is its identity service running?",
			}
		case 401, 403:
			return &UsageError{fmt.Errorf("%s refuses the token for project %s with status %d", t.shown(), project, status)}
		}
		return nil
	}
	data, err := write(JSON, request("queue_get", project, M{"queue_name": "zaqarwire"}))
	if err != nil || l.write(ctx, Text, data) != nil {
		return nil //nolint:nilerr // cases judge what it does with requests
	}
	got, _ := l.next(ctx, usualDeadline)
	if v, _ := read(got.kind.format(), got.data); equal(lookup(v, "headers.status"), int64(403)) {
		return &UsageError{fmt.Errorf("%s wants to know who calls, and was given no token: "+
			"--token and --project say whom to come as (a request was answered with status 403)", t.shown())}
	}
	return nil
}

// entering is an authenticate on its way, below what a case does.
type entering struct {
	link
	format  Format
	project string
	token   string
	wait    time.Duration
	behind  int         // replies to other requests that are still to come
	keep    func(event) // takes what comes and is none of ours
}

// unanswered stands for the status of a reply that did not come in time: it may still
// come, and be taken for the reply to what is sent next.
const unanswered = -1

// do lets the connection in. It returns the status of the reply, 0 if the connection
// ended or the reply cannot be read.
func (e entering) do(ctx context.Context) int64 {
	data, err := write(e.format, M{
		"action": authenticate, "headers": M{"X-Auth-Token": e.token, headerProject: e.project}, "body": M{},
	})
	if err != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, e.wait)
	defer cancel()
	if err := e.write(ctx, e.format.kind(), data); err != nil {
		return 0 // what the case does next finds it ended
	}
	for range e.behind + 16 {
		got, ok := e.next(ctx, e.wait)
		if !ok {
			return unanswered
		}
		if got.end != nil {
			e.keep(got)
			return 0
		}
		v, _ := read(got.kind.format(), got.data)
		if action := lookup(v, "request.action"); action == authenticate || e.behind == 0 && action != absent {
			status, _ := lookup(v, "headers.status").(int64)
			return status
		}
		e.keep(got)
	}
	return 0
}

// early is what came while the connection was let in, for the case to find.
func (c *conn) early(e event) { c.before = append(c.before, e) }

func (c *conn) next(ctx context.Context, wait time.Duration) (event, bool) {
	if e, ok := c.unkept(); ok {
		return e, true
	}
	return c.link.next(ctx, wait)
}

func (c *conn) unread() (event, bool) {
	if e, ok := c.unkept(); ok {
		return e, true
	}
	return c.link.unread()
}

func (c *conn) unkept() (event, bool) {
	if len(c.before) == 0 {
		return event{}, false
	}
	e := c.before[0]
	c.before = c.before[1:]
	return e, true
}

// beIn lets the peer's connection in as its project, if the target has a token for it:
// no reply of that is judged, but a plain no ends the case as untested. A case about
// authentication itself asks for a bare connection, which is left alone.
func (p *Peer) beIn(ctx context.Context) {
	s, c := p.scene, p.conn
	if !s.run.target.authenticates() || c.bare || c.in == p.project {
		return
	}
	token := s.run.target.tokenOf(p.project, c.admin || slices.Contains(s.rule.As, asAdmin))
	if s.tape != nil || token == "" {
		c.in = p.project
		return
	}
	s.remember(token, nil)
	e := entering{
		link: c.link, format: s.format, project: p.project, token: token,
		wait: s.patience(authenticate), behind: len(*p.awaited), keep: c.early,
	}
	if e.format == Mixed {
		e.format = JSON
	}
	status := e.do(ctx)
	if status == unanswered {
		s.suspicious.Store(true)
		s.give(Untested, fmt.Sprintf("authenticate for project %s was not answered", p.project))
	}
	s.aside(c, fmt.Sprintf("authenticated for project %s: status %d", p.project, status))
	switch {
	case status == 401 || status == 403 || status == 503:
		s.give(Untested, fmt.Sprintf("authenticate for project %s answered with status %d", p.project, status))
	case status < 400: // without a reply, or after an odd one, the case finds out by itself
		c.in = p.project
	}
}

// askingElsewhere is how long a target may take that has to ask another service about
// a token.
const askingElsewhere = 10 * time.Second

// patience is how long the reply to an authenticate may take, where others may take
// so long.
func (t Target) patience(usual time.Duration) time.Duration {
	if t.tokens() == given {
		return max(usual, askingElsewhere)
	}
	return usual
}

// patience is how long the reply to an action may take.
func (s *scene) patience(action string) time.Duration {
	if action == authenticate {
		return s.run.target.patience(s.deadline())
	}
	return s.deadline()
}

// rise lets the peer's connection in as an administrator, if there is a token for it.
func (p *Peer) rise(ctx context.Context) {
	if t := p.scene.run.target; t.authenticates() && !p.conn.admin && t.raises(p.project) {
		p.conn.admin, p.conn.in = true, ""
		p.beIn(ctx)
	}
}

// aside is a note that is nothing a case did.
func (s *scene) aside(c *conn, text string) {
	s.mu.Lock()
	acted := s.acted
	s.mu.Unlock()
	s.note(c, text)
	s.mu.Lock()
	s.acted = acted
	s.mu.Unlock()
}

// needs says whether the case is registered as one that needs an identity.
func (p *Peer) needs(id identity) {
	if !slices.Contains(p.scene.rule.As, id) {
		p.scene.misused("it needs Rule{As: …} for " + string(id))
	}
}

// Bare opens one more connection, which nobody lets in but the case.
func (p *Peer) Bare(ctx context.Context) *Peer {
	q := *p
	q.conn, q.awaited = p.scene.dial(ctx), new([]*Sent)
	q.conn.bare = true
	return &q
}

// Token is a token of the peer's project; one that the case makes up, if the target
// asks for none.
func (p *Peer) Token() string {
	if !p.scene.run.target.authenticates() {
		return p.scene.fresh()
	}
	return p.scene.run.target.tokenOf(p.project, false)
}

// Ending is a token of the peer's project that ends within ends.
func (p *Peer) Ending() string {
	p.needs(asEnding)
	if t := p.scene.run.target; t.Tokens == nil {
		return t.Expiring
	}
	return p.scene.run.target.Tokens(p.project, ends, false)
}

// Lasting is a token of the peer's project that ends after life.
func (p *Peer) Lasting(life time.Duration) string {
	p.needs(asMinted)
	return p.scene.run.target.Tokens(p.project, life, false)
}

// Stranger opens one more connection, in the project of the second identity.
func (p *Peer) Stranger(ctx context.Context) *Peer {
	p.needs(asStranger)
	q := *p.In(p.scene.run.target.Other.Project).As(p.NewClient())
	if q.project == "" {
		q.project = p.scene.fresh()
	}
	return q.Another(ctx)
}
