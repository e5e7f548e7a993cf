// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coder/websocket"
)

// Kind is a kind of WebSocket message.
type Kind int

// The kinds.
const (
	Text   Kind = Kind(websocket.MessageText)
	Binary Kind = Kind(websocket.MessageBinary)
)

// String is the word of a transcript.
func (k Kind) String() string {
	if k == Binary {
		return "bin"
	}
	return "text"
}

// MarshalText writes the word of a transcript into result.json.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads it back.
func (k *Kind) UnmarshalText(text []byte) error {
	switch string(text) {
	case Text.String():
		*k = Text
	case Binary.String():
		*k = Binary
	default:
		return fmt.Errorf("%q is no kind of message", text)
	}
	return nil
}

// format is what a message of this kind carries.
func (k Kind) format() Format {
	if k == Binary {
		return MsgPack
	}
	return JSON
}

// maxMessage is the longest message that the judge reads, in bytes: a listing
// can hold 20 bodies of 262144 bytes, six-fold as escaped JSON.
const maxMessage = 64 << 20

// maxUnread is about how many bytes may have come that no case has taken yet: a
// target that floods is left to wait, as TCP does it.
const maxUnread = 4 << 20

// event is what a connection receives: a message, or its end.
type event struct {
	at   time.Time
	kind Kind
	data []byte
	end  *ending // nil for a message
	over bool    // nothing came, and the time of the case is over
}

// ending is how a connection ended.
type ending struct {
	code int   // of the close frame, 0 if there was none
	err  error // what the reader saw
}

// closed is the one predicate for "the connection is closed": by a close frame,
// by the end of TCP or by a reset. A frame that breaks RFC 6455 is none of them.
func (e *ending) closed() bool {
	return e.code != 0 || errors.Is(e.err, io.EOF) || errors.Is(e.err, io.ErrUnexpectedEOF) ||
		errors.Is(e.err, syscall.ECONNRESET) || errors.Is(e.err, syscall.EPIPE) || errors.Is(e.err, net.ErrClosed)
}

// String says how it ended, for people.
func (e *ending) String() string {
	switch {
	case e.code == int(websocket.StatusNoStatusRcvd):
		return "closed by a close frame without status"
	case e.code != 0:
		return fmt.Sprintf("closed with status %d", e.code)
	case errors.Is(e.err, syscall.ECONNRESET):
		return connectionReset
	case e.closed():
		return "closed without a close frame"
	default:
		return brokenFrame + e.err.Error()
	}
}

// Two endings that say what was read.
const (
	connectionReset = "connection reset"
	brokenFrame     = "a frame that breaks RFC 6455: "
)

// conn is a connection of a case.
type conn struct {
	link

	number int          // counts the connections of the case, from 1
	raw    bool         // its frames are read by the judge itself
	mute   bool         // nothing more can be asked over it, by the case's own doing
	bare   bool         // the case lets it in, or nobody does
	admin  bool         // it is let in as an administrator, whatever the case's rule
	in     string       // the project that it was let in as; empty for none
	before []event      // what came while it was let in
	sent   atomic.Int64 // requests so far
	heard  heard
}

// link is what a case needs of a connection: a live one, or one played back from
// a transcript.
type link interface {
	// next waits for a message or the end; false if neither came in time.
	next(ctx context.Context, wait time.Duration) (event, bool)
	// unread is a message or the end that has come already.
	unread() (event, bool)
	// ended is how the connection ended, nil while it is open.
	ended() *ending
	// write sends one message, in as many fragments as there are parts.
	write(ctx context.Context, kind Kind, parts ...[]byte) error
	// ping waits for the pong; the error says what came instead.
	ping(ctx context.Context) error
	// close sends a close frame; how it is answered is an ending.
	close(status int, reason string)
	// drop ends the connection, politely if the target answers within wait.
	drop(wait time.Duration)
}

// carrier carries the messages of a live connection: the WebSocket library, or
// frames of the judge's own.
type carrier interface {
	Read(ctx context.Context) (websocket.MessageType, []byte, error)
	Write(ctx context.Context, kind websocket.MessageType, data []byte) error
	Writer(ctx context.Context, kind websocket.MessageType) (io.WriteCloser, error)
	Ping(ctx context.Context) error
	Close(status websocket.StatusCode, reason string) error
	CloseNow() error
}

// live is one WebSocket connection. One goroutine reads for as long as it is
// open, with a context that never expires: coder/websocket closes a connection
// whose read context does.
type live struct {
	ws     carrier
	tcp    net.Conn      // below ws; nil if the target's transport does not show it
	events chan event    // closed after the ending
	unseen atomic.Int64  // bytes in events
	taken  chan struct{} // says that unseen has shrunk

	mu      sync.Mutex
	end     *ending  // seen by the reader
	closing chan int // of a close frame that we sent: the status that came back, -1 for none
}

func newLive(ws carrier, tcp net.Conn) *live {
	return &live{ws: ws, tcp: tcp, events: make(chan event, 1024), taken: make(chan struct{}, 1)}
}

// dial opens a connection. The response is there also when the handshake failed.
func dial(ctx context.Context, t Target, header http.Header, subprotocols ...string) (*live, *http.Response, error) {
	c := newLive(nil, nil)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) { c.tcp = info.Conn },
	})
	client := t.httpClient()
	hidden := &hiding{RoundTripper: client.Transport}
	client.Transport = hidden
	ws, resp, err := websocket.Dial(ctx, t.URL, &websocket.DialOptions{
		HTTPClient:      client,
		HTTPHeader:      header,
		Subprotocols:    subprotocols,
		CompressionMode: websocket.CompressionDisabled,
	})
	if resp != nil {
		maps.Copy(resp.Header, hidden.named)
	}
	if err != nil {
		return nil, resp, fmt.Errorf("dial: %w", err)
	}
	ws.SetReadLimit(maxMessage)
	c.ws = ws
	go c.read()
	return c, resp, nil
}

// hiding keeps from the library which subprotocol and extensions a target named: it
// opens no connection to one that names what was not offered, and that is judged by
// FRM-2 and FRM-76.
type hiding struct {
	http.RoundTripper

	named http.Header
}

func (h *hiding) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := h.RoundTripper.RoundTrip(req)
	if err != nil {
		return nil, err //nolint:wrapcheck // what is decorated answers as it does
	}
	h.named = http.Header{}
	for _, name := range []string{"Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"} {
		for _, value := range resp.Header.Values(name) {
			h.named.Add(name, value)
		}
		resp.Header.Del(name)
	}
	return resp, nil
}

func (c *live) read() {
	defer close(c.events)
	for {
		kind, data, err := c.ws.Read(context.Background())
		if err == nil {
			c.put(event{at: time.Now(), kind: Kind(kind), data: data})
			continue
		}
		end := &ending{err: err}
		if ce := (websocket.CloseError{}); errors.As(err, &ce) {
			end.code = int(ce.Code)
		} else if errors.Is(err, net.ErrClosed) {
			end.code = c.answered()
		}
		c.mu.Lock()
		c.end = end
		c.mu.Unlock()
		c.events <- event{at: time.Now(), end: end}
		return
	}
}

// put waits until there is room, which drop makes if no case does.
func (c *live) put(e event) {
	for c.unseen.Load() > maxUnread {
		<-c.taken
	}
	c.unseen.Add(int64(len(e.data)))
	c.events <- e
}

func (c *live) took(e event) {
	c.unseen.Add(-int64(len(e.data)))
	select {
	case c.taken <- struct{}{}:
	default:
	}
}

// close sends a close frame and waits for the one that answers it, up to 10 s.
func (c *live) close(status int, reason string) {
	answer := make(chan int, 1)
	c.mu.Lock()
	c.closing = answer
	c.mu.Unlock()
	err := c.ws.Close(websocket.StatusCode(status), reason)
	if err == nil {
		answer <- status // the library says so of the same status only
		return
	}
	answer <- int(websocket.CloseStatus(err))
}

// answered is the status of the close frame that answered ours, 0 if none did.
// When both wait for the next frame, it is the library's Close that takes it, and
// the reader finds no more than a connection that we closed.
func (c *live) answered() int {
	c.mu.Lock()
	closing := c.closing
	c.mu.Unlock()
	if closing == nil {
		return 0
	}
	return max(0, <-closing)
}

func (c *live) ended() *ending {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.end
}

func (c *live) next(within context.Context, wait time.Duration) (event, bool) {
	e, open, came := await(within, c.events, wait)
	if !came {
		return event{over: within.Err() != nil}, false
	}
	if !open { // the end was received before
		e = event{at: time.Now(), end: c.ended()}
	}
	c.took(e)
	return e, true
}

func (c *live) unread() (event, bool) {
	select {
	case e, ok := <-c.events:
		c.took(e)
		return e, ok
	default:
		return event{}, false
	}
}

func (c *live) ping(ctx context.Context) error {
	return c.ws.Ping(ctx)
}

func (c *live) write(ctx context.Context, kind Kind, parts ...[]byte) error {
	if len(parts) == 1 {
		return c.ws.Write(ctx, websocket.MessageType(kind), parts[0])
	}
	w, err := c.ws.Writer(ctx, websocket.MessageType(kind))
	if err != nil {
		return fmt.Errorf("begin message: %w", err)
	}
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("write fragment: %w", err)
		}
	}
	return w.Close() //nolint:wrapcheck // as above
}

// drop ends TCP if the target does not answer within wait: after Close has begun, CloseNow waits for it, up to 10 s.
func (c *live) drop(wait time.Duration) {
	var closing sync.WaitGroup
	closing.Go(func() { // let the reader go, whatever still comes: Close waits for it
		for e := range c.events {
			c.took(e)
		}
	})
	if c.ended() == nil {
		done := make(chan struct{})
		closing.Go(func() {
			defer close(done)
			_ = c.ws.Close(websocket.StatusNormalClosure, "")
		})
		select {
		case <-done:
		case <-time.After(wait):
		}
	}
	if c.tcp != nil {
		_ = below(c.tcp).Close() // a farewell of TLS would wait for a target that takes nothing
	}
	_ = c.ws.CloseNow()
	closing.Wait()
}
