// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/schema"
)

// scripted is a server that does to each message what a test says.
type scripted struct {
	t  *testing.T
	ws carrier
	// tcp is the connection below, to be cut or reset.
	tcp *net.TCPConn
}

// incoming is one message that a scripted server received.
type incoming struct {
	*scripted
	n     int // counts the messages of a connection, from 1
	kind  Kind
	data  []byte
	value any
}

// send sends a value in a message of the given kind.
func (s *scripted) send(kind Kind, v any) {
	data, err := write(kind.format(), v)
	if err != nil {
		s.t.Errorf("the script cannot encode %v: %v", v, err)
	}
	s.raw(kind, data)
}

func (s *scripted) raw(kind Kind, data []byte) {
	_ = s.ws.Write(context.Background(), websocket.MessageType(kind), data)
}

// reply is a good reply to the message, for a script to spoil.
func (m *incoming) reply(status int, body any) M {
	return M{"request": echoOf(m.value), "headers": M{"status": status}, "body": body}
}

// answer sends a good reply.
func (m *incoming) answer(status int, body any) { m.send(m.kind, m.reply(status, body)) }

// action is that of the message.
func (m *incoming) action() string {
	s, _ := lookup(m.value, "action").(string)
	return s
}

type tcpKey struct{}

// serve starts a scripted server and returns its URL.
func serve(t *testing.T, script func(m *incoming)) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = ws.CloseNow() }()
		ws.SetReadLimit(maxMessage)
		s := &scripted{t: t, ws: ws}
		s.tcp, _ = r.Context().Value(tcpKey{}).(*net.TCPConn)
		for n := 1; ; n++ {
			kind, data, err := ws.Read(context.Background())
			if err != nil {
				return
			}
			v, _ := read(Kind(kind).format(), data)
			script(&incoming{s, n, Kind(kind), data, v})
		}
	}))
	server.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, tcpKey{}, c)
	}
	server.Start()
	t.Cleanup(server.Close)
	return "ws" + strings.TrimPrefix(server.URL, "http")
}

// shelf is a server that keeps nothing but the names of its queues: enough for
// every setup step and for the janitor.
func shelf() func(m *incoming) {
	var mu sync.Mutex
	queues := map[string]bool{}
	return func(m *incoming) {
		mu.Lock()
		defer mu.Unlock()
		project, _ := lookup(m.value, "headers.X-Project-ID").(string)
		name, _ := lookup(m.value, "body.queue_name").(string)
		name = project + "/" + name
		switch m.action() {
		case "queue_create":
			queues[name] = true
			m.answer(201, "created")
		case "queue_delete":
			delete(queues, name)
			m.answer(204, M{})
		default:
			if !queues[name] {
				m.answer(404, M{"error": "no such queue"})
				return
			}
			m.answer(200, M{"messages": M{"free": 0, "claimed": 0, "total": 0}})
		}
	}
}

// testRun is a run against a scripted server, without published schemas. A busy
// machine does not fail it: its deadlines are long. See hasty.
func testRun(t *testing.T, url string) *run {
	t.Helper()
	r := &run{
		target: Target{URL: url}, seed: "7F3A", prefix: "zw-7f3a", project: "zw-7f3a",
		began: time.Now(), deadline: 10 * time.Second,
		limits: map[string]int64{"max_message_ttl": 1209600},
		shapes: &shapes{model: &schema.Definition{}},
	}
	r.janitor = &janitor{run: r}
	r.waits = &waits{run: r}
	return r
}

// hasty is testRun for a server that will not reply, which is not waited for.
func hasty(t *testing.T, url string) *run {
	t.Helper()
	r := testRun(t, url)
	r.deadline = 500 * time.Millisecond
	return r
}

// tryCase plays one case in a format.
func tryCase(t *testing.T, r *run, f Format, play func(ctx context.Context, p *Peer)) CaseResult {
	t.Helper()
	s := new(suite)
	s.check("CLM-3", "of-a-test", play)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	return r.play(ctx, one{s.cases[0], f})
}
