// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// framed is a carrier whose frames the judge writes and reads by itself, so that it
// can break RFC 6455 and can see when the target does.
type framed struct {
	tcp   net.Conn
	in    *bufio.Reader
	note  func(text string) // tells the transcript of a control frame
	pongs chan []byte       // what came, oldest first
	done  chan struct{}     // closed when Read has returned an error

	// piece is how much one write to TCP holds at most; 0: all.
	piece atomic.Int64
	// opening is how many bytes more the answer to the handshake may have; 0: it is over.
	opening int
	noted   int // control frames that the transcript was told of
	// lenient says that the target may break RFC 6455, as the case did.
	lenient atomic.Bool
	// slow says that little is read at a time.
	slow atomic.Bool

	mu     sync.Mutex // held for each frame that is written
	closed bool       // a close frame was sent: no frame may follow
}

func newFramed(tcp net.Conn) *framed {
	w := &framed{tcp: tcp, note: func(string) {}, pongs: make(chan []byte, 1024), done: make(chan struct{})}
	w.in = bufio.NewReaderSize(throttle{w}, 64<<10)
	return w
}

// Read returns the next message. Pings are answered, and so is a close frame,
// which ends the connection as a websocket.CloseError.
func (w *framed) Read(context.Context) (websocket.MessageType, []byte, error) {
	kind, data, err := w.message()
	if err != nil {
		close(w.done)
	}
	return kind, data, err
}

func (w *framed) message() (websocket.MessageType, []byte, error) {
	var kind Opcode
	var data []byte
	for begun := false; ; {
		f, err := readFrame(w.in)
		if err != nil {
			return 0, nil, fmt.Errorf("read frame: %w", err)
		}
		if what := f.fault(false, begun); what != "" && !w.lenient.Load() {
			return 0, nil, errors.New(what)
		}
		if len(data)+len(f.Payload) > maxMessage || f.Claim != 0 {
			return 0, nil, websocket.ErrMessageTooBig
		}
		if f.Opcode.control() {
			if err := w.control(f); err != nil {
				return 0, nil, err
			}
			continue
		}
		if f.Opcode != Continuation {
			kind = f.Opcode
		}
		begun = f.More
		data = append(data, f.Payload...)
		if !begun {
			return websocket.MessageType(kind), data, nil
		}
	}
}

// control does what a control frame asks for.
func (w *framed) control(f Frame) error {
	switch f.Opcode {
	case PingFrame:
		w.tell(fmt.Sprintf("a ping of %d B", len(f.Payload)))
		_ = w.write(time.Now().Add(time.Second), Frame{Opcode: PongFrame, Payload: f.Payload}) // the reader finds the end
	case PongFrame:
		w.tell(fmt.Sprintf("a pong of %d B", len(f.Payload)))
		select {
		case w.pongs <- f.Payload:
		default: // nobody asked for that many
		}
	default:
		_ = w.write(time.Now().Add(time.Second), Frame{Opcode: CloseFrame, Payload: f.Payload[:min(2, len(f.Payload))]}) // as above
		end := websocket.CloseError{Code: websocket.StatusNoStatusRcvd}
		if len(f.Payload) >= 2 {
			end.Code = websocket.StatusCode(binary.BigEndian.Uint16(f.Payload))
			end.Reason = string(f.Payload[2:])
		}
		return end
	}
	return nil
}

// maxNoted is how many control frames of a connection a transcript tells of.
const maxNoted = 100

func (w *framed) tell(text string) {
	if w.noted++; w.noted <= maxNoted {
		w.note(text)
	}
}

// write sends frames in one write to TCP, or in pieces. After a close frame
// nothing is sent any more.
func (w *framed) write(deadline time.Time, frames ...Frame) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var data []byte
	for _, f := range frames {
		if w.closed {
			break
		}
		w.closed = f.Opcode == CloseFrame
		data = append(data, f.wire()...)
	}
	_ = w.tcp.SetWriteDeadline(deadline) // one that cannot be set leaves the case's own
	return w.send(data)
}

// send writes bytes to TCP.
func (w *framed) send(data []byte) error {
	piece := int(w.piece.Load())
	if piece == 0 {
		piece = max(1, len(data))
	}
	for len(data) > 0 {
		n := min(piece, len(data))
		if _, err := w.tcp.Write(data[:n]); err != nil {
			return fmt.Errorf("write frame: %w", err)
		}
		if data = data[n:]; len(data) > 0 {
			<-time.After(50 * time.Microsecond) // so that the pieces arrive apart
		}
	}
	return nil
}

func deadlineOf(ctx context.Context) time.Time {
	end, _ := ctx.Deadline() // zero: none
	return end
}

// Write sends a message in one frame.
func (w *framed) Write(ctx context.Context, kind websocket.MessageType, data []byte) error {
	return w.write(deadlineOf(ctx), Frame{Opcode: Opcode(kind), Payload: data})
}

// Writer sends a message of one fragment for each write.
func (w *framed) Writer(ctx context.Context, kind websocket.MessageType) (io.WriteCloser, error) {
	return &fragmenter{w: w, deadline: deadlineOf(ctx), next: Opcode(kind)}, nil
}

type fragmenter struct {
	w        *framed
	deadline time.Time
	next     Opcode
}

func (f *fragmenter) Write(data []byte) (int, error) {
	err := f.w.write(f.deadline, Frame{Opcode: f.next, Payload: data, More: true})
	f.next = Continuation
	return len(data), err
}

func (f *fragmenter) Close() error { return f.w.write(f.deadline, Frame{Opcode: f.next}) }

// Ping sends a ping and waits for its pong.
func (w *framed) Ping(ctx context.Context) error {
	payload := []byte("zaqarwire")
	if err := w.write(deadlineOf(ctx), Frame{Opcode: PingFrame, Payload: payload}); err != nil {
		return err
	}
	return w.pong(ctx, payload)
}

// pong waits for the pong with a payload. Others are passed over: a server may
// answer the last of several pings only (RFC 6455 §5.5.3).
func (w *framed) pong(ctx context.Context, payload []byte) error {
	var last []byte
	for others := 0; ; others++ {
		got, ok := w.nextPong(ctx)
		switch {
		case ok && bytes.Equal(got, payload):
			return nil
		case ok:
			last = got
		case others > 0:
			return fmt.Errorf("%d with another payload, the last of %d bytes: % x", others, len(last), last[:min(16, len(last))])
		case w.over():
			return errEnded
		default:
			return errNoPong
		}
	}
}

// What came instead of a pong.
var (
	errNoPong = errors.New("none came in time")
	errEnded  = errors.New("the connection ended first")
)

// nextPong takes a pong; false if none came before the deadline or the end.
func (w *framed) nextPong(ctx context.Context) (payload []byte, ok bool) {
	select {
	case payload = <-w.pongs:
		return payload, true
	case <-w.done:
	case <-ctx.Done():
	}
	select {
	case payload = <-w.pongs: // it came before the end
		return payload, true
	default:
		return nil, false
	}
}

// over says whether Read has returned an error.
func (w *framed) over() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

// Close sends a close frame and waits for the end of the connection.
func (w *framed) Close(status websocket.StatusCode, reason string) error {
	if err := w.write(time.Now().Add(time.Second), farewell(int(status), reason)); err != nil {
		return err
	}
	<-w.done // the target's own end, or that of TCP, which drop brings about
	return nil
}

// CloseNow ends TCP.
func (w *framed) CloseNow() error {
	return w.tcp.Close()
}
