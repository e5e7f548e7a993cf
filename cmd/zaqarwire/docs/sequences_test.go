// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
)

// The pictures tell the truth: each is played, and the reference server does as they say.
func TestEverySequenceIsWhatTheReferenceServerDoes(t *testing.T) {
	t.Parallel()
	for _, s := range sequences() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			play := newStage(t, s)
			if s.Given != "" {
				play.do(ctx, ask("a client before", "message_post", s.Given))
				play.do(ctx, answer("a client before", "201", ""))
			}
			for _, st := range s.Steps {
				play.do(ctx, st)
			}
		})
	}
}

// stage is where a sequence is played.
type stage struct {
	t     *testing.T
	url   string
	conns map[string]*websocket.Conn
	clock *atomic.Int64
	ids   map[string]any // what the names of ids stand for
	// posts are what the webhook was sent, and signed what its last request was signed with.
	posts  chan map[string]any
	hook   string
	signed map[string]any
}

// knownToken is let in for a minute.
type knownToken struct{ ends time.Time }

func (k knownToken) Authenticate(_ context.Context, token string) (api.Identity, error) {
	if token != "a good token" {
		return api.Identity{}, api.ErrBadToken
	}
	return api.Identity{Project: "fizzit", Expires: k.ends}, nil
}

func newStage(t *testing.T, s sequence) *stage {
	t.Helper()
	p := &stage{
		t: t, conns: map[string]*websocket.Conn{}, clock: new(atomic.Int64), ids: map[string]any{},
		posts: make(chan map[string]any, 10),
	}
	o := refserver.Options{
		Now:                 func() time.Time { return time.Now().Add(time.Duration(p.clock.Load())) },
		WebhookAllow:        []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		RequireConfirmation: true,
	}
	if s.Name == "authenticate" {
		o.Auth = knownToken{ends: time.Now().Add(time.Minute)}
	}
	server, err := refserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	front, hook := httptest.NewServer(server), httptest.NewServer(http.HandlerFunc(p.receive))
	t.Cleanup(func() {
		for _, c := range p.conns {
			_ = c.CloseNow()
		}
		front.Close()
		hook.Close()
	})
	p.url, p.hook = "ws"+strings.TrimPrefix(front.URL, "http"), hook.URL+"/"
	return p
}

// receive takes what the server posts to the webhook.
func (p *stage) receive(_ http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	post := map[string]any{}
	if err := errors.Join(err, json.Unmarshal(text, &post)); err != nil {
		p.t.Errorf("the webhook was sent %q: %v", text, err)
	}
	p.posts <- post
}

func (p *stage) do(ctx context.Context, s step) {
	p.t.Helper()
	switch {
	case s.Passing():
		p.clock.Add(int64(time.Minute))
	case s.To == theServer:
		p.ask(ctx, s)
	case s.Says == "POST":
		select {
		case post := <-p.posts:
			p.alike(s.Says, value(p.t, s.Body), post)
			p.signed = post
		case <-ctx.Done():
			p.t.Fatalf("the webhook was sent nothing, want %s", s.Body)
		}
	case strings.HasPrefix(s.Says, "close "):
		_, _, err := p.conn(ctx, s.To).Read(ctx)
		if want := value(p.t, strings.TrimPrefix(s.Says, "close ")); float64(websocket.CloseStatus(err)) != want {
			p.t.Fatalf("the connection ends with %v, want status %v", err, want)
		}
	default:
		p.hear(ctx, s)
	}
}

// ask sends a request.
func (p *stage) ask(ctx context.Context, s step) {
	p.t.Helper()
	headers := map[string]any{"Client-ID": "355186cd-d1e8-4108-a3ac-a2183697232a", "X-Project-ID": "fizzit"}
	if s.From == producer {
		headers["Client-ID"] = "7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51"
	}
	if s.Says == "authenticate" {
		headers["X-Auth-Token"] = "a good token"
	}
	if s.From == "webhook" {
		headers["URL-Signature"], headers["URL-Expires"] = p.signed["URL-Signature"], p.signed["URL-Expires"]
		headers["URL-Methods"], headers["URL-Paths"] = []any{p.signed["URL-Methods"]}, []any{p.signed["URL-Paths"]}
	}
	body := p.filled(value(p.t, s.Body))
	if err := wsjson.Write(ctx, p.conn(ctx, s.From), map[string]any{"action": s.Says, "headers": headers, "body": body}); err != nil {
		p.t.Fatal(err)
	}
}

// hear reads a reply, or what comes unasked.
func (p *stage) hear(ctx context.Context, s step) {
	p.t.Helper()
	var frame map[string]any
	if err := wsjson.Read(ctx, p.conn(ctx, s.To), &frame); err != nil {
		p.t.Fatalf("%s %s: %v", s.To, s.Says, err)
	}
	if !s.Reply {
		p.alike(s.Says, value(p.t, s.Body), frame)
		return
	}
	headers, _ := frame["headers"].(map[string]any)
	if headers["status"] != value(p.t, s.Says) {
		p.t.Fatalf("%s was answered with %v, want status %s", s.To, frame, s.Says)
	}
	if s.Body != "" {
		p.alike(s.Says, value(p.t, s.Body), frame["body"])
	}
}

func (p *stage) conn(ctx context.Context, lane string) *websocket.Conn {
	p.t.Helper()
	if p.conns[lane] == nil {
		c, _, err := websocket.Dial(ctx, p.url, nil) //nolint:bodyclose // the library closes it
		if err != nil {
			p.t.Fatal(err)
		}
		p.conns[lane] = c
	}
	return p.conns[lane]
}

// named is the name of an id in a sequence.
var named = regexp.MustCompile(`^[cms][0-9]$`)

// filled is a body with the ids that the names in it stand for.
func (p *stage) filled(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = p.filled(v[key])
		}
	case []any:
		for i := range v {
			v[i] = p.filled(v[i])
		}
	case string:
		if id, ok := p.ids[v]; ok {
			return id
		}
		if v == "http://hook.example/" {
			return p.hook
		}
	}
	return v
}

// alike holds what came to what a sequence shows of it; the first time, a name takes
// the id that it meets.
func (p *stage) alike(at string, want, got any) {
	p.t.Helper()
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for key, inner := range w {
			p.alike(at+"."+key, inner, g[key])
		}
		return
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			p.t.Fatalf("%s is %v, want %v", at, got, want)
		}
		for i := range w {
			p.alike(at, w[i], g[i])
		}
		return
	case string:
		if _, known := p.ids[w]; named.MatchString(w) && !known {
			p.ids[w] = got
		}
		if got != "" && w == "…" {
			return
		}
	}
	if want = p.filled(want); want != got {
		p.t.Fatalf("%s is %v, want %v", at, got, want)
	}
}

func value(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}
