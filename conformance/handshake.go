// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Upgrade is an opening handshake that differs from the usual one.
type Upgrade struct {
	// Header are headers to add or to replace; one with an empty value is left out.
	Header map[string]string
	// Subprotocols are those to offer.
	Subprotocols []string
	// Path replaces the path and query of the target's URL, for example "/v2?a=b".
	Path string
	// Plain sends an HTTP GET that asks for no upgrade.
	Plain bool
}

// Handshake is what a target answered to an opening handshake.
type Handshake struct {
	// Peer speaks over the connection; nil if the target refused.
	Peer *Peer
	// Raw is Peer with the frames in the case's hands; only Open gives it.
	Raw *Raw

	scene  *scene
	status int // 0: the target ended the connection instead
	header http.Header
	accept string // the Sec-WebSocket-Accept that is due; only Open knows it
}

// Handshake opens one more connection, or tries to. Only an answer that is no
// HTTP ends the case.
func (p *Peer) Handshake(ctx context.Context, u Upgrade) *Handshake {
	within, cancel := context.WithTimeout(ctx, p.scene.deadline())
	defer cancel()
	req, err := u.request(within, p.scene.run.target)
	if err != nil {
		p.scene.give(Untested, err.Error())
	}
	h := &Handshake{scene: p.scene}
	for name, value := range u.Header {
		p.scene.learn(M{name: value})
	}
	var note Note
	c := &conn{}
	if u.usual() {
		c = p.scene.nextConn()
	}
	if p.scene.tape != nil {
		note = p.scene.tape.handshake()
	} else {
		note = u.shake(within, p.scene, req, c)
	}
	h.answered(u, note)
	if note.What == Opened {
		q := *p
		q.conn, q.awaited = p.scene.adopt(c), new([]*Sent)
		h.Peer = &q
		q.beIn(ctx)
	}
	return h
}

// usual says whether the WebSocket library can send this handshake.
func (u Upgrade) usual() bool {
	for name := range u.Header {
		if strings.HasPrefix(http.CanonicalHeaderKey(name), "Sec-Websocket-") {
			return false
		}
	}
	return !u.Plain && u.Header["Upgrade"] == "" && u.Header["Connection"] == ""
}

// shake sends the handshake and notes what comes back; the connection is put into
// c if it leads to one.
func (u Upgrade) shake(ctx context.Context, s *scene, req *http.Request, c *conn) Note {
	t := s.run.target
	opened := Answered
	var resp *http.Response
	var err error
	if u.usual() {
		t.URL = req.URL.String()
		var l *live
		if l, resp, err = dial(ctx, t, u.own(), u.Subprotocols...); err == nil {
			c.link, opened = l, Opened
		}
	} else if resp, err = t.transport().RoundTrip(req); err == nil {
		defer func() { _ = resp.Body.Close() }()
	}
	if resp == nil {
		return Note{What: NoHTTP, Text: s.clean(whyNoHTTP(err).Error())}
	}
	return s.answerOf(resp, opened)
}

// answerOf is an HTTP response for a transcript, without credentials.
func (s *scene) answerOf(resp *http.Response, what Happening) Note {
	note := Note{What: what, Status: resp.StatusCode, Header: map[string][]string{}}
	for name, values := range resp.Header {
		for _, v := range values {
			if isSecret(name) || name == "Set-Cookie" {
				v = redacted
			}
			note.Header[name] = append(note.Header[name], s.clean(v))
		}
	}
	return note
}

func (h *Handshake) answered(u fmt.Stringer, note Note) {
	if note.What == NoHTTP {
		h.scene.remark(&conn{}, u.String()+": "+note.Text, &note)
		h.scene.failHere(Failure{
			Requirement: ruleHandshake, Symptom: NoReply, Path: "opening handshake",
			Expected: "an HTTP response", Actual: note.Text,
		})
	}
	h.status, h.header = note.Status, note.Header
	h.scene.remark(&conn{}, fmt.Sprintf("%s: %s", u, h.outcome()), &note)
}

// String says what is unusual about the handshake.
func (u Upgrade) String() string {
	words := []string{"opening handshake"}
	if u.Plain {
		words[0] = "plain GET"
	}
	if u.Path != "" {
		words = append(words, "path "+u.Path)
	}
	for _, name := range slices.Sorted(maps.Keys(u.Header)) {
		value := u.Header[name]
		switch {
		case value == "":
			value = "(left out)"
		case isSecret(name) || strings.EqualFold(name, "Authorization"):
			value = redacted
		}
		words = append(words, name+" "+value)
	}
	if len(u.Subprotocols) > 0 {
		words = append(words, "offering "+strings.Join(u.Subprotocols, ", "))
	}
	return strings.Join(words, ", ")
}

func (u Upgrade) own() http.Header {
	h := http.Header{}
	for name, value := range u.Header {
		h.Set(name, value)
	}
	return h
}

// request is the handshake as HTTP, by RFC 6455 §4.1.
func (u Upgrade) request(ctx context.Context, t Target) (*http.Request, error) {
	url := t.URL
	if u.Path != "" {
		scheme, rest, _ := strings.Cut(url, "://")
		host, _, _ := strings.Cut(rest, "/")
		url = scheme + "://" + host + u.Path
	}
	if !u.usual() {
		url = "http" + strings.TrimPrefix(url, "ws")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("make handshake: %w", err)
	}
	if !u.Plain {
		req.Header = http.Header{
			"Connection": {"Upgrade"}, "Upgrade": {"websocket"},
			"Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="},
		}
	}
	for name, value := range u.Header {
		req.Header.Set(name, value)
		if value == "" {
			req.Header.Del(name)
		}
	}
	return req, nil
}

// WantStatus judges the HTTP status; 101 is an accepted handshake.
func (h *Handshake) WantStatus(permitted ...int) *Handshake {
	h.scene.check("WantStatus", "HTTP status", orList(permitted))
	if !oneOf(h.status, permitted) {
		h.wrongStatus(orList(permitted))
	}
	return h
}

// WantStatusBetween judges that the HTTP status is in a range, both ends included.
func (h *Handshake) WantStatusBetween(low, high int) *Handshake {
	permitted := fmt.Sprintf("%d to %d", low, high)
	h.scene.check("WantStatusBetween", "HTTP status", permitted)
	if h.status < low || h.status > high {
		h.wrongStatus(permitted)
	}
	return h
}

func (h *Handshake) wrongStatus(permitted string) {
	symptom := BadStatus + Symptom(strconv.Itoa(h.status))
	if h.status == 0 {
		symptom = Closed
	}
	h.scene.failHere(Failure{Symptom: symptom, Path: "HTTP status", Expected: "HTTP status = " + permitted, Actual: h.outcome()})
}

// outcome is what the target did, for people.
func (h *Handshake) outcome() string {
	if h.status == 0 {
		return "the connection ended without an HTTP response"
	}
	return fmt.Sprintf("HTTP status %d", h.status)
}

// Opened says whether the target opened a WebSocket, where a sentence permits
// both that it does and that it does not.
func (h *Handshake) Opened() bool { return h.status == http.StatusSwitchingProtocols }

// WantNotOpened judges that the target opened no WebSocket, however it said so.
func (h *Handshake) WantNotOpened() *Handshake {
	h.scene.check("WantNotOpened", "HTTP status", "no WebSocket is opened")
	if h.Opened() {
		h.wrongStatus("anything but 101, or the end of the connection")
	}
	return h
}

// WantAccepted judges that the target opened a WebSocket, and proved that it read
// the key.
func (h *Handshake) WantAccepted() *Handshake {
	return h.WantStatus(http.StatusSwitchingProtocols).
		WantHeader("Upgrade", Matching(`(?i)^websocket$`)).
		WantHeader("Connection", Matching(`(?i)\bupgrade\b`)).
		WantHeader("Sec-WebSocket-Accept", h.accept)
}

// WantHeader judges a header of the HTTP response: its values, joined by commas.
func (h *Handshake) WantHeader(name string, want any) *Handshake {
	var got any = absent
	if values := h.header.Values(name); len(values) > 0 {
		got = strings.Join(values, ", ")
	}
	if f, _ := h.scene.want(Question{What: Freely, Path: "HTTP header " + name, Want: want}, got); f != nil {
		h.scene.failHere(*f)
	}
	return h
}

// WantNoHeader judges that the HTTP response has no such header.
func (h *Handshake) WantNoHeader(name string) *Handshake {
	h.scene.check("WantNoHeader", name, "absent")
	if values := h.header.Values(name); len(values) > 0 {
		h.scene.failHere(Failure{
			Symptom: BadShape, Path: "HTTP header " + name,
			Expected: name + " absent", Actual: name + " = " + strings.Join(values, ", "),
		})
	}
	return h
}
