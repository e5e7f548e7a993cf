// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/schema"
)

// rawServer is a server that writes and reads frames by itself, so that a test
// can make it break any rule. Without hooks it obeys all of RFC 6455.
type rawServer struct {
	// tolerates is asked about the fault of a frame; true passes the frame on.
	tolerates func(fault string) bool
	// reads is asked about each good frame; true means that it is dealt with.
	reads func(c *rawConn, f Frame) bool
	// writes changes each frame on its way out.
	writes func(f Frame) []Frame
	// opens writes the answer to a handshake instead of the good one; true means
	// that it did, and that the connection ends.
	opens func(c net.Conn, r *http.Request) bool
	// names adds lines to the good answer.
	names string
	// anyText takes text that is not UTF-8.
	anyText bool
	// answers deals with a whole message instead of the keeper; true if it did.
	answers func(c *rawConn, kind Kind, data []byte) bool

	// certificates make it speak TLS.
	certificates []tls.Certificate

	keep  func(m *incoming)
	conns atomic.Int64
}

type rawConn struct {
	carrier // nil: only Write is used
	tcp     net.Conn
	s       *rawServer
	t       *testing.T
	kind    Opcode
	data    []byte
	open    bool // a message was begun
	ws      *scripted
}

// Write sends a message: what a script answers by.
func (c *rawConn) Write(_ context.Context, kind websocket.MessageType, data []byte) error {
	c.frame(Frame{Opcode: Opcode(kind), Payload: data})
	return nil
}

func (c *rawConn) Close(websocket.StatusCode, string) error { return c.tcp.Close() }

// frame sends one frame, unmasked.
func (c *rawConn) frame(f Frame) {
	f.Unmasked = true
	frames := []Frame{f}
	if c.s.writes != nil {
		frames = c.s.writes(f)
	}
	for _, f := range frames {
		_, _ = c.tcp.Write(f.wire())
	}
}

// serveRaw starts the server and returns its URL.
func serveRaw(t *testing.T, s *rawServer) string {
	t.Helper()
	if s.keep == nil {
		s.keep = keeper()
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if s.certificates != nil {
		l = tls.NewListener(l, &tls.Config{Certificates: s.certificates, MinVersion: tls.VersionTLS12})
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	all.Go(func() {
		for {
			tcp, err := l.Accept()
			if err != nil {
				return
			}
			s.conns.Add(1)
			mu.Lock()
			open = append(open, tcp)
			mu.Unlock()
			all.Go(func() { s.serve(t, tcp) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, tcp := range open {
			_ = tcp.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return "ws://" + l.Addr().String() + "/"
}

func (s *rawServer) serve(t *testing.T, tcp net.Conn) {
	t.Helper()
	defer func() { _ = tcp.Close() }()
	in := bufio.NewReader(tcp)
	r, err := http.ReadRequest(in)
	if err != nil || s.opens != nil && s.opens(tcp, r) {
		return
	}
	key := r.Header.Get("Sec-WebSocket-Key")
	if refusal := openingFault(r, key); refusal != "" {
		_, _ = fmt.Fprintf(tcp, "HTTP/1.1 400 %s\r\nSec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n", refusal)
		return
	}
	if r.Header.Get("Origin") != "" { // no page is served here
		_, _ = io.WriteString(tcp, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
		return
	}
	_, _ = fmt.Fprintf(tcp, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\n%s\r\n", acceptOf(key), s.names)
	c := &rawConn{tcp: tcp, s: s, t: t}
	c.ws = &scripted{t: t, ws: c}
	for {
		f, err := readFrame(in)
		if err != nil {
			return
		}
		if fault := clientFault(f, c.open); fault != "" && (s.tolerates == nil || !s.tolerates(fault)) {
			return
		}
		_, _ = io.CopyN(io.Discard, in, int64(f.Claim&^(1<<63))) // as far as the length is believed
		if s.reads != nil && s.reads(c, f) {
			continue
		}
		if !c.take(f) {
			return
		}
	}
}

// openingFault is what a handshake lacks.
func openingFault(r *http.Request, key string) string {
	tokens := strings.ToLower(strings.Join(r.Header.Values("Connection"), ","))
	switch {
	case r.Method != http.MethodGet, !r.ProtoAtLeast(1, 1), !strings.EqualFold(r.Header.Get("Upgrade"), "websocket"),
		!strings.Contains(tokens, "upgrade"), r.Header.Get("Sec-WebSocket-Version") != "13",
		len(key) != 24 || !strings.HasSuffix(key, "=="):
		return "Bad Request"
	}
	return ""
}

// clientFault is what is wrong with a frame of a client's.
func clientFault(f Frame, begun bool) string {
	if what := f.fault(true, begun); what != "" {
		return what
	}
	if f.Opcode == CloseFrame && len(f.Payload) > 2 && !utf8.Valid(f.Payload[2:]) {
		return "a close frame whose reason is not UTF-8"
	}
	return ""
}

// take does what a frame asks for; false means that the connection ends.
func (c *rawConn) take(f Frame) bool {
	switch {
	case f.Opcode == CloseFrame && clientFault(f, c.open) != "":
		return true // tolerated
	case f.Opcode == CloseFrame:
		c.frame(Frame{Opcode: CloseFrame, Payload: f.Payload})
		return false
	case f.Opcode == PingFrame:
		c.frame(Frame{Opcode: PongFrame, Payload: f.Payload})
		return true
	case f.Opcode.control(), f.Claim != 0:
		return true
	}
	if f.Opcode != Continuation {
		c.kind, c.data = f.Opcode, nil
	}
	c.open = f.More
	c.data = append(c.data, f.Payload...)
	return c.open || c.message(Kind(c.kind), c.data)
}

func (c *rawConn) message(kind Kind, data []byte) bool {
	if kind != Text && kind != Binary {
		return true
	}
	if kind == Text && !c.s.anyText && !utf8.Valid(data) {
		return false
	}
	if c.s.answers != nil && c.s.answers(c, kind, data) {
		return true
	}
	v, err := read(kind.format(), data)
	m := &incoming{scripted: c.ws, kind: kind, data: data, value: v}
	if err != nil {
		bad := M{"action": nil, "body": M{}, "headers": M{}, "api": "v2"}
		m.send(kind, M{"request": bad, "headers": M{"status": 400}, "body": M{"error": err.Error()}})
		return true
	}
	c.s.keep(m)
	return true
}

// keeper is a server that keeps queues with their metadata and messages: as much
// as the cases of frames need.
func keeper() func(m *incoming) {
	var mu sync.Mutex
	queues, messages := map[string]any{}, map[string]L{}
	return func(m *incoming) {
		mu.Lock()
		defer mu.Unlock()
		name, _ := lookup(m.value, "body.queue_name").(string)
		metadata, found := queues[name]
		switch m.action() {
		case "queue_list":
			m.answer(200, M{"queues": L{}, "marker": ""})
		case "queue_create":
			queues[name] = lookup(m.value, "body.metadata")
			m.answer(201, "created")
		case "queue_delete":
			delete(queues, name)
			m.answer(204, M{})
		case "message_post":
			posted, _ := lookup(m.value, "body.messages").([]any)
			messages[name] = append(messages[name], posted...)
			m.answer(201, M{"message_ids": L{"1"}})
		case "message_list":
			m.answer(200, M{"messages": messages[name]})
		default:
			if !found {
				m.answer(404, M{"error": "no such queue"})
				return
			}
			m.answer(200, metadata)
		}
	}
}

// unhurried is hasty for tests whose hanging servers are all waited for at once, so
// that a busy machine may take its time.
func unhurried(t *testing.T, url string) *run {
	t.Helper()
	r := testRun(t, url)
	r.deadline = 4 * time.Second
	return r
}

// rawRun is a run against a raw server, with the limits of the schema but short
// messages.
func rawRun(t *testing.T, begin func(*testing.T, string) *run, s *rawServer) *run {
	t.Helper()
	r := begin(t, serveRaw(t, s))
	r.limits = map[string]int64{}
	for _, l := range schema.Model().Limits {
		r.limits[l.Name] = l.Default
	}
	maps.Copy(r.limits, map[string]int64{"max_frame": 200_000})
	return r
}

// caseOf is a case of the catalogue.
func caseOf(t *testing.T, id string) Case {
	t.Helper()
	all := Cases()
	i := slices.IndexFunc(all, func(c Case) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("there is no case %s", id)
	}
	return all[i]
}

// tryFormats plays a case in each of its formats and returns the first verdict that
// is no pass, else the last.
func tryFormats(r *run, c Case) (got CaseResult) {
	for _, f := range c.Rule.Formats {
		ctx, cancel := context.WithTimeout(context.Background(), c.Rule.Timeout)
		got = r.play(ctx, one{c, f})
		cancel()
		if got.Verdict != Pass {
			break
		}
	}
	return got
}
