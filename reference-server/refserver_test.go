// SPDX-License-Identifier: Apache-2.0

package refserver_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client is a connection to a server of its own.
type client struct {
	*testing.T
	conn  *websocket.Conn
	token string
}

func open(t *testing.T, o refserver.Options) client {
	t.Helper()
	server, err := refserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(server)
	conn, _, err := websocket.Dial(t.Context(), h.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.CloseNow()
		if err := server.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown() = %v, want nil", err)
		}
		h.Close()
	})
	return client{T: t, conn: conn}
}

// do sends one request and returns the reply's status and body.
func (c client) do(action, body string) (int, string) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 5*time.Second)
	defer cancel()
	frame := fmt.Sprintf(`{"action": %q, "body": %s, "headers": {"X-Project-ID": "p", "X-Auth-Token": %q, "Client-ID": %q}}`,
		action, body, c.token, "355186cd-d1e8-4108-a3ac-a2183697232a")
	if err := c.conn.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
		c.Fatal(err)
	}
	kind, data, err := c.conn.Read(ctx)
	if err != nil || kind != websocket.MessageText {
		c.Fatalf("read %v, %v, want a text message", kind, err)
	}
	var reply struct {
		Headers struct {
			Status int `json:"status"`
		} `json:"headers"`
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(data, &reply); err != nil {
		c.Fatalf("read %s: %v", data, err)
	}
	return reply.Headers.Status, string(reply.Body)
}

func (c client) want(action, body string, status int) string {
	c.Helper()
	got, reply := c.do(action, body)
	if got != status {
		c.Fatalf("%s %s = %d %s, want %d", action, body, got, reply, status)
	}
	return reply
}

func TestAMessageLivesAsLongAsTheGivenClockSays(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	start := time.Now()
	c := open(t, refserver.Options{Now: func() time.Time { return start.Add(time.Duration(passed.Load())) }})
	c.want("message_post", `{"queue_name": "q", "messages": [{"ttl": 60, "body": 1}]}`, 201)

	passed.Store(int64(59 * time.Second))
	if got := c.want("message_list", `{"queue_name": "q", "echo": true}`, 200); !strings.Contains(got, `"age":59`) {
		t.Errorf("message_list = %s, want a message of age 59", got)
	}
	passed.Store(int64(60 * time.Second))
	if got := c.want("message_list", `{"queue_name": "q", "echo": true}`, 200); !strings.Contains(got, `"messages":[]`) {
		t.Errorf("message_list = %s, want no message", got)
	}
}

func TestLimitsReachTheDoorAndTheFront(t *testing.T) {
	t.Parallel()
	c := open(t, refserver.Options{Limits: wire.Limits{MaxQueueName: 3, MaxFrame: 1000}})
	c.want("queue_create", `{"queue_name": "abc"}`, 201)
	c.want("queue_create", `{"queue_name": "abcd"}`, 400)

	if err := c.conn.Write(t.Context(), websocket.MessageText, make([]byte, 1001)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("read: %v, want a close with status 1009", err)
	}
}

func TestEachRoomCanBeDecorated(t *testing.T) {
	t.Parallel()
	var apis, frames, conns atomic.Int32
	c := open(t, refserver.Options{
		WrapAPI:   func(d api.Doer) api.Doer { return countingAPI{d, &apis} },
		WrapCodec: func(c ws.Codec) ws.Codec { return countingCodec{c, &frames} },
		WrapConn:  func(c ws.Conn) ws.Conn { conns.Add(1); return c },
	})
	c.want("queue_list", `{}`, 200)
	c.want("no_such_action", `{}`, 400)
	if apis.Load() != 2 || frames.Load() != 2 || conns.Load() != 1 {
		t.Errorf("%d calls, %d frames, %d connections, want 2, 2, 1", apis.Load(), frames.Load(), conns.Load())
	}
}

type countingAPI struct {
	api.Doer
	n *atomic.Int32
}

func (c countingAPI) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	c.n.Add(1)
	return c.Doer.Do(ctx, s, req)
}

type countingCodec struct {
	ws.Codec
	n *atomic.Int32
}

func (c countingCodec) Decode(f wire.Format, frame []byte) *wire.Request {
	c.n.Add(1)
	return c.Codec.Decode(f, frame)
}

func TestNewRefusesABrokenOrigin(t *testing.T) {
	t.Parallel()
	if _, err := refserver.New(refserver.Options{Origins: []string{"["}}); err == nil {
		t.Error("New() succeeded, want an error")
	}
}

func TestATokenThatEndsClosesItsConnection(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	start := time.Now()
	tokens := new(auth.Tokens)
	c := open(t, refserver.Options{Auth: tokens, Now: func() time.Time { return start.Add(time.Duration(passed.Load())) }})
	c.want("queue_list", `{}`, 403)
	c.token = tokens.Mint(api.Identity{Project: "p", Expires: start.Add(time.Hour)})
	c.want("authenticate", `{}`, 200)
	c.want("queue_list", `{}`, 200)
	passed.Store(int64(time.Hour))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if _, _, err := c.conn.Read(ctx); websocket.CloseStatus(err) != 4003 {
		t.Errorf("read: %v, want a close with status 4003", err)
	}
}
