// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// scene is what the peers of one case share: its transcript, its names, and
// what the run knows of the target.
type scene struct {
	run    *run
	id     string // of the case
	format Format
	rule   Rule
	// project is where its peers begin, unless it needs one of its own.
	project string
	home    string // where its first peer began
	began   time.Time
	tape    *tape // what is played back; nil for a live case

	mu      sync.Mutex
	acted   bool // something was ever written into lines
	lines   []written
	peers   []*Peer // one for each connection
	queues  []queueName
	leave   map[string]bool // names that are never deleted
	usual   M               // the headers of the first request, when they are the default ones
	dialed  int             // connections asked for
	serial  int
	secrets []string // credentials that were sent
	setup   int      // how many setup steps are under way
	others  sync.WaitGroup
	volume  atomic.Int64 // what was sent, weighed

	suspicious atomic.Bool // a request got no reply, or a dial no connection
}

// ended is panicked by the verdict that ends a case, and recovered by conclude.
// Nothing else in the package panics with it, and no other package sees it.
type ended struct {
	verdict Verdict
	reason  string
	failure *Failure
}

// end leaves the case, from however deep within it.
func end(e ended) {
	panic(e) //nolint:forbidigo // a verdict ends a case wherever it falls; conclude recovers it
}

// conclude runs what a case does until it returns or is ended; nil means that
// every verdict held. A panic of any other kind is a fault of the case, which
// must not count against the target: untested.
func conclude(do func()) (end *ended) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case ended:
			end = &r
		default:
			end = &ended{verdict: Untested, reason: fmt.Sprintf("the case is broken: %v\n%s", r, debug.Stack())}
		}
	}()
	do()
	return nil
}

// failHere ends the case: what happened last broke a rule.
func (s *scene) failHere(f Failure) {
	s.mu.Lock()
	for i, l := range slices.Backward(s.lines) {
		if l.Dir != Asked {
			f.Mark = &Mark{Line: i}
			break
		}
	}
	s.mu.Unlock()
	s.fail(f)
}

// idle ends a case that did nothing: a verdict that nothing was asked for is none.
func (s *scene) idle() {
	s.mu.Lock()
	acted := s.acted
	s.mu.Unlock()
	if !acted {
		s.misused("it judges nothing")
	}
}

// concludeIn is conclude for what a context bounds: a failure that is seen when that
// has ended may be the end's own, and proves nothing.
func concludeIn(ctx context.Context, do func(ctx context.Context)) *ended {
	end := conclude(func() { do(ctx) })
	switch {
	case end == nil || end.failure == nil || ctx.Err() == nil:
		return end
	case errors.Is(ctx.Err(), context.Canceled):
		return &ended{verdict: Untested, reason: "interrupted"}
	default:
		return &ended{verdict: Untested, reason: "the time of the case was over"}
	}
}

// fail ends the case: the target broke a rule.
func (s *scene) fail(f Failure) {
	s.mu.Lock()
	f.Setup = s.setup > 0
	s.mu.Unlock()
	f = s.redacted(f)
	end(ended{verdict: Fail, failure: &f})
}

// give ends the case without a verdict on the target.
func (s *scene) give(v Verdict, reason string) { end(ended{verdict: v, reason: reason}) }

// misused ends a case that asks for what its registration does not allow.
func (s *scene) misused(how string) { s.give(Untested, "the case is broken: "+how) }

// preparing runs a setup step: a failure in it says so.
func (s *scene) preparing(do func()) {
	s.addSetup(1)
	do()
	s.addSetup(-1)
}

func (s *scene) addSetup(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setup += n
}

// want judges one value; nil if it is as wanted. Place is where it differs.
func (s *scene) want(q Question, got any) (f *Failure, place string) {
	path, want := q.Path, q.Want
	ok, expected := matches(got, want)
	symptom := BadValue
	s.ask("Want", q, expected)
	if ok {
		return nil, ""
	}
	if n, err := normal(want); err == nil {
		wanted, isList := n.(L)
		if had, is := got.(L); is && isList && sameItems(had, wanted) {
			symptom = BadOrder
		}
	}
	if got == absent {
		symptom = BadShape
	}
	f = &Failure{Symptom: symptom, Path: path, Expected: path + " = " + expected, Actual: assign(path, printed(got))}
	place = path
	if m, is := want.(Matcher); is && m.items != nil {
		if text := differingItems(m.items, got); text != "" {
			f.Actual = text + ": " + f.Actual
		}
		return f, place
	}
	if n, err := normal(want); err == nil {
		place, _, _ = difference(n, got, path)
		*f = f.apart(n, got, path)
		if text := differingItems(n, got); text != "" {
			f.Actual = text + ": " + f.Actual
		}
	}
	return f, place
}

// assign is `path = value`, or `path absent`.
func assign(path, value string) string {
	if value == "absent" {
		return path + " absent"
	}
	return path + " = " + value
}

// dial opens one more connection for the case.
func (s *scene) dial(ctx context.Context) *conn {
	ctx, cancel := context.WithTimeout(ctx, s.deadline())
	defer cancel()
	c := s.nextConn()
	why := ""
	if s.tape != nil {
		note, _ := s.tape.happened(c.number, Refused)
		why = note.Text
	} else if l, resp, err := dial(ctx, s.run.target, nil); err != nil {
		why = s.clean(whyNotOpen(resp, err))
	} else {
		c.link = l
	}
	if why != "" {
		s.suspicious.Store(true)
		s.remark(c, "opening handshake: "+why, &Note{What: Refused, Text: why})
		s.failHere(Failure{
			Requirement: ruleHandshake, Symptom: NoReply, Path: "opening handshake",
			Expected: "HTTP status 101", Actual: why,
		})
	}
	return s.adopt(c)
}

// nextConn numbers the connection that is about to be opened.
func (s *scene) nextConn() *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dialed++
	c := &conn{number: s.dialed}
	if s.tape != nil {
		c.link = &played{tape: s.tape, number: c.number}
	}
	return c
}

func (s *scene) adopt(c *conn) *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peers = append(s.peers, &Peer{scene: s, conn: c, awaited: new([]*Sent)})
	return c
}

// over says whether a connection that nobody reads has ended.
func (s *scene) over(c *conn) bool {
	end := c.ended()
	if end == nil {
		return false
	}
	s.remark(c, end.String(), end.note(Found))
	return true
}

// open are its connections over which more can be said.
func (s *scene) open() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*conn
	for _, p := range s.peers {
		if c := p.conn; !c.mute && !c.raw && c.ended() == nil {
			open = append(open, c)
		}
	}
	return open
}

// peer is the case's first connection under an identity of its own.
func (s *scene) peer(ctx context.Context) *Peer {
	p := &Peer{scene: s, project: s.project, client: s.run.target.Client, awaited: new([]*Sent)}
	if s.rule.NeedsOwnProject {
		p.project = s.fresh()
	}
	if p.client == "" {
		p.client = s.uuid()
	}
	s.home = p.project
	s.preparing(func() { p.conn = s.dial(ctx) })
	p.conn.bare = s.rule.Bare
	s.mu.Lock()
	s.peers[0].awaited = p.awaited
	s.mu.Unlock()
	s.preparing(func() { p.beIn(ctx) })
	return p
}

// deadline is how long a reply may take: generous, since only a failing target
// ever uses it up, and longer where the line is slow or much is on its way.
func (s *scene) deadline() time.Duration { return s.run.within() }

func (s *scene) limit(name string) int64 {
	l, ok := s.run.limits[name]
	if !ok {
		s.misused("there is no limit " + strconv.Quote(name))
	}
	return l
}

// fresh is the next name that the seed gives to the case: the run's prefix, the
// case and format as a number of 48 bits, a serial number.
func (s *scene) fresh() string {
	n := s.next()
	sum := s.digest("name")
	tag := strconv.FormatUint(binary.BigEndian.Uint64(sum[:8])>>16, 36)
	return fmt.Sprintf("%s-%s-%d", s.run.prefix, tag, n)
}

// uuid is the next UUID that the seed gives to the case.
func (s *scene) uuid() string { return uuidFrom(s.digest("uuid" + strconv.Itoa(s.next()))) }

// uuidFrom makes a UUID of a digest.
func uuidFrom(b [32]byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func (s *scene) next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	return s.serial
}

// turn is the encoding of the next request on a connection of a case that runs in
// both: the first two differ, and the seed decides which is first, and the others.
func (s *scene) turn(c *conn) Format {
	bits := s.digest("turns" + strconv.Itoa(c.number))
	n := int(c.sent.Load())
	isBinary := bits[n/8%len(bits)]>>(n%8)&1 == 1
	if n == 1 {
		isBinary = bits[0]&1 == 0
	}
	if isBinary {
		return MsgPack
	}
	return JSON
}

func (s *scene) digest(what string) [32]byte {
	return sha256.Sum256([]byte(s.run.seed + "/" + s.id + "/" + s.format.String() + "/" + what))
}

// together runs do n times at once and ends the case as the one with the lowest number that
// ended does.
func (s *scene) together(n int, do func(i int)) {
	ends := make([]*ended, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { ends[i] = conclude(func() { do(i) }) })
	}
	all.Wait()
	for _, first := range ends {
		if first != nil {
			end(*first)
		}
	}
}

// background runs something that the case does not wait for; strike does.
func (s *scene) background(do func()) { s.others.Go(do) }

// settle judges, on each connection that is still open and waits for nothing,
// that no message comes that nobody asked for.
func (s *scene) settle(ctx context.Context) {
	s.mu.Lock()
	peers := append([]*Peer(nil), s.peers...)
	s.mu.Unlock()
	for _, p := range peers {
		if len(*p.awaited) > 0 || p.conn.mute || s.over(p.conn) {
			continue
		}
		p.client, p.project = s.uuid(), s.home
		p.probe(ctx)
	}
}

// strike ends all connections and removes all queues of the case.
func (s *scene) strike(ctx context.Context) {
	s.mu.Lock()
	peers, queues, leave := s.peers, s.queues, s.leave
	s.mu.Unlock()
	for _, p := range peers {
		wait := s.run.politeness()
		if p.conn.mute {
			wait = 0 // it cannot be ended as one should
		}
		p.conn.drop(wait)
	}
	s.others.Wait()
	s.run.receiver.end(s)
	s.run.trap.end(s)
	s.run.janitor.sweep(ctx, queues, leave)
}
