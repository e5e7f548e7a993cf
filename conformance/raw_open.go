// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/sha1" //nolint:gosec // RFC 6455 §4.2.2 names it; nothing is kept secret by it
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Opening is an opening handshake line by line, as it is written to TCP. In it
// {path}, {host} and {key} stand for what is the target's, and for a key.
type Opening struct {
	// Request is the request line.
	Request string
	// Headers are lines like "Upgrade: websocket".
	Headers []string
	// Piece is how much one write to TCP holds at most; 0: all.
	Piece int
}

// UsualOpening is what RFC 6455 §4.1 asks of a client, and no more.
func UsualOpening() Opening {
	return Opening{Request: "GET {path} HTTP/1.1", Headers: []string{
		"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: {key}",
	}}
}

// With replaces the headers of the same names, or adds them.
func (o Opening) With(lines ...string) Opening {
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		o = o.Without(name)
	}
	o.Headers = append(o.Headers, lines...)
	return o
}

// Without leaves a header out.
func (o Opening) Without(name string) Opening {
	o.Headers = slices.DeleteFunc(slices.Clone(o.Headers), func(line string) bool {
		other, _, _ := strings.Cut(line, ":")
		return strings.EqualFold(other, name)
	})
	return o
}

// As replaces the request line.
func (o Opening) As(request string) Opening {
	o.Request = request
	return o
}

// InPieces makes each write to TCP hold at most n bytes.
func (o Opening) InPieces(n int) Opening {
	o.Piece = n
	return o
}

// String is what is unusual about the handshake.
func (o Opening) String() string {
	usual := UsualOpening()
	words := []string{"raw opening handshake"}
	if o.Request != usual.Request {
		words = append(words, o.Request)
	}
	for _, line := range o.Headers {
		if !slices.Contains(usual.Headers, line) {
			if strings.HasSuffix(line, ": ") {
				line += "(empty)"
			}
			words = append(words, line)
		}
	}
	for _, line := range usual.Headers {
		name, _, _ := strings.Cut(line, ":")
		if len(o.Without(name).Headers) == len(o.Headers) {
			words = append(words, "no "+name)
		}
	}
	if o.Piece > 0 {
		words = append(words, fmt.Sprintf("in pieces of %d B", o.Piece))
	}
	return strings.Join(words, ", ")
}

// text is the handshake as it is written.
func (o Opening) text(u *url.URL, key string) string {
	lines := append([]string{o.Request}, o.Headers...)
	if u.User != nil {
		password, _ := u.User.Password()
		pair := base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + password))
		lines = append(lines, "Authorization: Basic "+pair)
	}
	return strings.NewReplacer("{path}", u.RequestURI(), "{host}", u.Host, "{key}", key).
		Replace(strings.Join(lines, "\r\n") + "\r\n\r\n")
}

// Open opens one more connection by a handshake of the case's own, or tries to.
// A target that ends the connection without an answer has refused; one that
// keeps it open and answers nothing has failed.
func (p *Peer) Open(ctx context.Context, o Opening) *Handshake {
	s := p.scene
	within, cancel := context.WithTimeout(ctx, s.deadline())
	defer cancel()
	c, key := s.nextConn(), s.key()
	c.raw = true
	h := &Handshake{scene: s, accept: acceptOf(key)}
	var w *framed
	var note Note
	if s.tape != nil {
		note = s.tape.handshake()
	} else {
		w, note = o.shake(within, s, c, key)
	}
	h.answered(o, note)
	if note.What != Opened {
		return h
	}
	if l, isLive := c.link.(*live); isLive {
		go l.read()
	}
	q := *p
	q.conn, q.awaited = s.adopt(c), new([]*Sent)
	h.Peer, h.Raw = &q, &Raw{Peer: &q, wire: w}
	q.beIn(ctx)
	return h
}

// shake sends the handshake and notes what comes back; the connection is put into
// c if it leads to one.
func (o Opening) shake(ctx context.Context, s *scene, c *conn, key string) (*framed, Note) {
	tcp, err := s.dialTCP(ctx)
	if err != nil {
		s.suspicious.Store(true)
		return nil, Note{What: NoHTTP, Text: s.clean(whyNoHTTP(err).Error())}
	}
	w := newFramed(tcp)
	w.note = func(text string) { s.note(c, text) }
	resp, err := o.do(ctx, w, s.run.target, key)
	switch {
	case err == nil && resp.StatusCode == http.StatusSwitchingProtocols:
		c.link = newLive(w, tcp)
		return w, s.answerOf(resp, Opened)
	case err == nil:
		_ = tcp.Close()
		return nil, s.answerOf(resp, Answered)
	}
	_ = tcp.Close()
	if (&ending{err: err}).closed() {
		return nil, Note{What: Answered}
	}
	return nil, Note{What: NoHTTP, Text: s.clean(whyNoHTTP(err).Error())}
}

// do writes the handshake and reads the answer.
func (o Opening) do(ctx context.Context, w *framed, t Target, key string) (*http.Response, error) {
	u, err := url.Parse(t.URL)
	if err != nil {
		return nil, fmt.Errorf("read the URL: %w", err)
	}
	_ = w.tcp.SetDeadline(deadlineOf(ctx)) // one that cannot be set leaves the case's own
	w.piece.Store(int64(o.Piece))
	if err := w.send([]byte(o.text(u, key))); err != nil {
		return nil, err
	}
	w.piece.Store(0)
	resp, err := http.ReadResponse(w.in, &http.Request{Method: http.MethodGet})
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	_ = w.tcp.SetDeadline(time.Time{})
	return resp, nil
}

// key is the case's Sec-WebSocket-Key: 16 bytes from the seed.
func (s *scene) key() string {
	b := s.digest("key")
	return base64.StdEncoding.EncodeToString(b[:16])
}

// acceptOf is the Sec-WebSocket-Accept that answers a key (RFC 6455 §4.2.2).
func acceptOf(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) //nolint:gosec // as above
	return base64.StdEncoding.EncodeToString(sum[:])
}

// dialTCP opens a connection as the target's transport would, TLS included. A
// target whose transport cannot be looked into cannot be judged by raw frames.
func (s *scene) dialTCP(ctx context.Context) (net.Conn, error) {
	tcp, reason, err := s.run.target.dialTCP(ctx)
	if reason != "" {
		s.give(NA, reason)
	}
	return tcp, err
}

// dialTCP opens a connection, or says why the judge cannot hold one in its own
// hands.
func (t Target) dialTCP(ctx context.Context) (tcp net.Conn, reason string, err error) {
	tr, ok := t.transport().(*http.Transport)
	if !ok {
		return nil, "the transport given for the target shows no TCP connection", nil
	}
	u, err := url.Parse("http" + strings.TrimPrefix(t.URL, "ws"))
	if err != nil {
		return nil, "", fmt.Errorf("read the URL: %w", err)
	}
	if tr.Proxy != nil {
		if proxy, err := tr.Proxy(&http.Request{URL: u}); err != nil || proxy != nil {
			return nil, "the target is reached through a proxy", nil //nolint:nilerr // there was to be one
		}
	}
	port, secure := u.Port(), u.Scheme == "https"
	if port == "" {
		port = u.Scheme
	}
	addr := net.JoinHostPort(u.Hostname(), port)
	if secure && tr.DialTLSContext != nil {
		tcp, err = tr.DialTLSContext(ctx, "tcp", addr)
		return tcp, "", err //nolint:wrapcheck // the caller says what it was about
	}
	dial := tr.DialContext
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	if tcp, err = dial(ctx, "tcp", addr); err != nil || !secure {
		return tcp, "", err
	}
	return secured(ctx, tcp, tr.TLSClientConfig, u.Hostname())
}

// secured begins TLS as the transport would.
func secured(ctx context.Context, tcp net.Conn, config *tls.Config, host string) (net.Conn, string, error) {
	config = config.Clone()
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if config.ServerName == "" {
		config.ServerName = host
	}
	config.NextProtos = []string{"http/1.1"} // there are no WebSockets in what else a server may choose
	c := tls.Client(tcp, config)
	if err := c.HandshakeContext(ctx); err != nil {
		_ = tcp.Close()
		return nil, "", fmt.Errorf("begin TLS: %w", err)
	}
	return c, "", nil
}

// below is the connection that carries another's TLS, or the connection itself.
func below(c net.Conn) net.Conn {
	if secure, ok := c.(*tls.Conn); ok {
		return secure.NetConn()
	}
	return c
}
