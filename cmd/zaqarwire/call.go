// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/coder/websocket"
	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// request is what a user wants to be sent.
type request struct {
	url, action, body string
	project, client   string
	msgpack           bool
	timeout           time.Duration
	trust             trust
	token             secret
}

func newCall(s streams) *cobra.Command {
	var q request
	cmd := &cobra.Command{
		Use:   "call URL ACTION [BODY]",
		Short: "Send one request and print both frames",
		Long: `Send one request to an endpoint and print the frame that was sent (>>) and the one
that came back (<<). A text frame is printed as it is; a binary frame as the value
it holds, with its bytes below. BODY is a JSON object; - reads it from standard
input; without one the request has no body. With a token it authenticates first; of
that only the reply is printed, and only if it is a no, or was what was asked for.

It ends with 0 when the status of the reply is below 400, and with 1 otherwise.`,
		Example: `  zaqarwire call ws://127.0.0.1:9000 queue_create '{"queue_name": "fizbit"}'
  zaqarwire call --msgpack ws://127.0.0.1:9000 queue_list`,
		Args: takes(cobra.RangeArgs(2, 3)),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.url, q.action = args[0], args[1]
			if len(args) == 3 {
				q.body = args[2]
			}
			return q.send(cmd.Context(), s)
		},
	}
	cmd.Flags().BoolVar(&q.msgpack, "msgpack", false, "send MessagePack in a binary frame instead of JSON in a text frame")
	cmd.Flags().StringVar(&q.project, "project", "zaqarwire", "X-Project-ID of the request")
	cmd.Flags().StringVar(&q.client, "client-id", "", "Client-ID of the request; default a new one")
	trustFlags(cmd, &q.trust)
	tokenFlag(cmd, &q.token, "token", "ZAQARWIRE_TOKEN", "token to authenticate with first")
	cmd.Flags().DurationVar(&q.timeout, "timeout", 30*time.Second, "how long to wait for the reply")
	return cmd
}

func (q request) format() conformance.Format {
	if q.msgpack {
		return conformance.MsgPack
	}
	return conformance.JSON
}

// send sends the request, waits for one reply and prints both.
func (q request) send(ctx context.Context, s streams) error {
	if err := checkURL(q.url); err != nil {
		return err
	}
	transport, err := q.trust.transport(q.url)
	if err != nil {
		return err
	}
	if q.timeout <= 0 {
		return usage("the timeout %v leaves no time for a reply", q.timeout)
	}
	frame, err := q.frame(s.in)
	if err != nil {
		return err
	}
	token, err := q.token.read()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	conn, err := dial(ctx, q.url, transport)
	if err != nil {
		return err
	}
	defer hangUp(conn)

	if token != "" {
		kind, reply, err := q.authenticate(ctx, conn, token)
		if err != nil {
			return err
		}
		if err = judge(kind, reply); err != nil || q.action == "authenticate" {
			show(s.out, "<<", kind, reply)
			return err
		}
	}
	show(s.out, ">>", q.kind(), frame)
	kind, reply, err := q.exchange(ctx, conn, frame)
	if err != nil {
		return err
	}
	show(s.out, "<<", kind, reply)
	return judge(kind, reply)
}

func (q request) kind() websocket.MessageType {
	if q.msgpack {
		return websocket.MessageBinary
	}
	return websocket.MessageText
}

// exchange sends a frame and waits for one reply.
func (q request) exchange(ctx context.Context, conn *websocket.Conn, frame []byte) (websocket.MessageType, []byte, error) {
	if err := conn.Write(ctx, q.kind(), frame); err != nil {
		return 0, nil, &exit{code: exitUnreachable, cause: fmt.Errorf("send the request: %w", err)}
	}
	kind, reply, err := conn.Read(ctx)
	if err != nil {
		return 0, nil, &exit{code: exitUnreachable, cause: noReply(err, q.timeout)}
	}
	return kind, reply, nil
}

// authenticate lets the connection in.
func (q request) authenticate(ctx context.Context, conn *websocket.Conn, token string) (websocket.MessageType, []byte, error) {
	frame, err := conformance.Write(q.format(), conformance.M{
		"action": "authenticate", "headers": conformance.M{"X-Auth-Token": token, "X-Project-ID": q.project}, "body": conformance.M{},
	})
	if err != nil {
		return 0, nil, usage("the token cannot be written as %s: it is no text", q.format())
	}
	return q.exchange(ctx, conn, frame)
}

// frame is the request as it is sent.
func (q request) frame(stdin io.Reader) ([]byte, error) {
	client := q.client
	if client == "" {
		client = newUUID()
	}
	value := conformance.M{
		"action":  q.action,
		"headers": conformance.M{"Client-ID": client, "X-Project-ID": q.project},
	}
	text := []byte(q.body)
	if q.body == "-" {
		var err error
		if text, err = io.ReadAll(stdin); err != nil {
			return nil, usage("the body cannot be read from standard input: %w", err)
		}
	}
	if q.body != "" {
		body, err := conformance.Read(conformance.JSON, text)
		if err != nil {
			return nil, usage("the body is not JSON: %w", err)
		}
		value["body"] = body
	}
	frame, err := conformance.Write(q.format(), value)
	if err != nil {
		return nil, usage("the request cannot be written as %s: %w", q.format(), err)
	}
	return frame, nil
}

// show prints one frame.
func show(w io.Writer, direction string, kind websocket.MessageType, frame []byte) {
	if kind == websocket.MessageText {
		fmt.Fprintf(w, "%s text %d B\n%s\n", direction, len(frame), frame)
		return
	}
	fmt.Fprintf(w, "%s binary %d B\n", direction, len(frame))
	if v, err := conformance.Read(conformance.MsgPack, frame); err == nil {
		fmt.Fprintln(w, conformance.Print(v))
	} else {
		fmt.Fprintf(w, "(not MessagePack: %v)\n", err)
	}
	fmt.Fprint(w, hex.Dump(frame))
}

// judge turns the status of a reply into an exit code.
func judge(kind websocket.MessageType, reply []byte) error {
	f := conformance.JSON
	if kind == websocket.MessageBinary {
		f = conformance.MsgPack
	}
	v, err := conformance.Read(f, reply)
	if err != nil {
		return &exit{code: exitFailed, cause: fmt.Errorf("the reply cannot be read: %w", err)}
	}
	m, _ := v.(conformance.M)
	headers, _ := m["headers"].(conformance.M)
	switch status, ok := headers["status"].(int64); {
	case !ok:
		return &exit{code: exitFailed, cause: errors.New("the reply has no integer headers.status")}
	case status >= 400:
		return &exit{code: exitFailed}
	}
	return nil
}

// noReply says in plain words why nothing came back.
func noReply(err error, timeout time.Duration) error {
	switch code := websocket.CloseStatus(err); {
	case code >= 0:
		return fmt.Errorf("no reply: the server closed the connection with status %d", int(code))
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no reply within %v", timeout)
	case errors.Is(err, context.Canceled):
		return errors.New("interrupted")
	}
	return errors.New("no reply: the connection ended without a close frame")
}

// hangUp says goodbye, but does not wait long for an answer.
func hangUp(conn *websocket.Conn) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		_ = conn.Close(websocket.StatusNormalClosure, "") // the reply is here; nothing depends on this
	}()
	select {
	case <-said:
	case <-time.After(500 * time.Millisecond):
	}
}

// maxReply is the longest reply that is read, in bytes: a listing can hold 20
// bodies of 262144 bytes, six-fold as escaped JSON.
const maxReply = 64 << 20

// dial opens a connection to url and, wherever that redirects, to nothing else.
func dial(ctx context.Context, url string, transport http.RoundTripper) (*websocket.Conn, error) {
	conn, resp, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		why := conformance.Unreachable(url, resp, err)
		return nil, &exit{code: exitUnreachable, cause: fmt.Errorf("%s cannot be reached: %w; %s", why.URL, why.Err, why.Hint)}
	}
	conn.SetReadLimit(maxReply)
	return conn, nil
}

// newUUID is a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, by its contract
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
