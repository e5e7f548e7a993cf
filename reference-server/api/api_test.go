// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/notify"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Clients and their spellings. Them is another one.
const (
	me      = "355186cd-d1e8-4108-a3ac-a2183697232a"
	meShort = "355186CDD1E84108A3ACA2183697232A"
	them    = "7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51"
)

const unknown = "01890a5d-ac96-774b-bcce-b302099a8057" // an id that names nothing

// server is an API over an empty store, behind the door.
type server struct {
	*testing.T

	api     *api.API
	door    wire.Door
	now     time.Time
	session api.Session
	project string
	client  string
}

// reply is what came back: the body as encoding/json reads it.
type reply struct {
	status int
	body   any
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{T: t, now: time.Date(2014, 11, 28, 15, 48, 12, 0, time.UTC), project: "p1", client: me}
	s.over(api.Options{Store: memory.New(s.clock), Control: memory.NewControl()})
	return s
}

func (s *server) clock() time.Time { return s.now }

// over puts the API over o.Store, with what tells of its messages.
func (s *server) over(o api.Options) {
	o.Now = s.clock
	hooks := notify.NewWebhooks(notify.WebhookOptions{Store: o.Store, Now: o.Now})
	hub := notify.New(notify.Options{Store: o.Store, Now: o.Now, Deliver: hooks})
	o.Store, o.Hub, o.Elsewhere = hub, hub, hooks
	s.api = api.New(o)
}

// ask sends one request, whose body is written as for fmt.Sprintf.
func (s *server) ask(action, body string, args ...any) *wire.Response {
	s.Helper()
	if body == "" {
		body = "{}"
	}
	frame := fmt.Sprintf(`{"action":%q,"headers":{"Client-ID":%q,"X-Project-ID":%q},"body":%s}`,
		action, s.client, s.project, fmt.Sprintf(body, args...))
	return s.send(frame)
}

func (s *server) send(frame string) *wire.Response {
	s.Helper()
	return s.api.Do(s.Context(), &s.session, s.door.Decode(wire.JSON, []byte(frame)))
}

// do asks, and reads the answer as a client does.
func (s *server) do(action, body string, args ...any) reply {
	s.Helper()
	return s.read(s.ask(action, body, args...))
}

func (s *server) read(resp *wire.Response) reply {
	s.Helper()
	text, err := s.door.Encode(wire.JSON, resp)
	if err != nil {
		s.Fatalf("encode: %v", err)
	}
	var got struct {
		Body    any `json:"body"`
		Headers struct {
			Status int `json:"status"`
		} `json:"headers"`
	}
	if err := json.Unmarshal(text, &got); err != nil {
		s.Fatalf("%q: %v", text, err)
	}
	if got.Headers.Status >= 400 {
		fault, _ := got.Body.(map[string]any)
		if why, _ := fault["error"].(string); why == "" || len(fault) != 1 {
			s.Errorf("the body of a failure is %v", got.Body)
		}
	}
	return reply{got.Headers.Status, got.Body}
}

// want does a request and wants that status and, unless it is empty, that body
// in JSON.
func (s *server) want(status int, want, action, body string, args ...any) {
	s.Helper()
	got := s.do(action, body, args...)
	s.same(fmt.Sprintf(action+" "+body, args...), got, status, want)
}

func (s *server) same(what string, got reply, status int, want string) {
	s.Helper()
	var body any
	if want != "" {
		if err := json.Unmarshal([]byte(want), &body); err != nil {
			s.Fatalf("%q: %v", want, err)
		}
	}
	if got.status != status || want != "" && !reflect.DeepEqual(got.body, body) {
		text, err := json.Marshal(got.body)
		s.Fatalf("%s\n got %d %s %v\nwant %d %s", what, got.status, text, err, status, want)
	}
}

// at is what lies in a reply under these keys and positions.
func (s *server) at(r reply, path ...any) any {
	s.Helper()
	v := r.body
	for _, step := range path {
		switch in := v.(type) {
		case map[string]any:
			v = in[step.(string)]
		case []any:
			v = in[step.(int)]
		default:
			s.Fatalf("nothing under %v in %d %v", path, r.status, r.body)
		}
	}
	return v
}

// post posts to queue q, each body in JSON, and returns the ids.
func (s *server) post(bodies ...string) []string {
	s.Helper()
	r := s.do("message_post", `{"queue_name":"q","messages":[{"body":%s}]}`, strings.Join(bodies, `},{"body":`))
	s.same("message_post", r, 201, "")
	ids := make([]string, 0, len(bodies))
	for i := range bodies {
		ids = append(ids, s.at(r, "message_ids", i).(string))
	}
	return ids
}

// claim claims the oldest free message of queue q and returns the claim's id.
func (s *server) claim() string {
	s.Helper()
	r := s.do("claim_create", `{"queue_name":"q","limit":1,"ttl":60,"grace":60}`)
	s.same("claim_create", r, 201, "")
	return s.at(r, "claim_id").(string)
}

// bodies are those of the messages in a reply.
func (s *server) bodies(r reply) []any {
	s.Helper()
	list := s.at(r, "messages").([]any)
	bodies := make([]any, 0, len(list))
	for i := range list {
		bodies = append(bodies, s.at(r, "messages", i, "body"))
	}
	return bodies
}

func (s *server) lists(filter string, want ...any) {
	s.Helper()
	got := s.bodies(s.do("message_list", `{"queue_name":"q"%s}`, filter))
	if !reflect.DeepEqual(got, append([]any{}, want...)) {
		s.Fatalf("message_list %s = %v, want %v", filter, got, want)
	}
}

// state is all that anyone can see of the project.
func (s *server) state(claims ...string) string {
	s.Helper()
	var seen strings.Builder
	note := func(r reply) { fmt.Fprintln(&seen, r.status, r.body) }
	note(s.do("queue_list", `{"detailed":true,"limit":20}`))
	for _, q := range []string{"q", "r"} {
		note(s.do("queue_get_stats", `{"queue_name":%q}`, q))
		note(s.do("message_list", `{"queue_name":%q,"echo":true,"include_claimed":true,"limit":20}`, q))
		for _, c := range claims {
			note(s.do("claim_get", `{"queue_name":%q,"claim_id":%q}`, q, c))
		}
	}
	return seen.String()
}

func TestAMissingQueueAnswers(t *testing.T) {
	t.Parallel()
	for action, row := range map[string]struct {
		body   string
		status int
		want   string
	}{
		"queue_create":        {``, 201, `"Queue q created."`},
		"queue_get":           {``, 404, ``},
		"queue_delete":        {``, 204, `{}`},
		"queue_get_stats":     {``, 404, ``},
		"queue_purge":         {``, 204, `{}`},
		"message_post":        {`,"messages":[{"body":1}]`, 201, ``},
		"message_list":        {``, 404, ``},
		"message_get":         {`,"message_id":"` + unknown + `"`, 404, ``},
		"message_get_many":    {`,"message_ids":["` + unknown + `"]`, 200, `{"messages":[]}`},
		"message_delete":      {`,"message_id":"` + unknown + `"`, 204, `{}`},
		"message_delete_many": {`,"message_ids":["` + unknown + `"]`, 204, `{}`},
		"claim_create":        {``, 204, `{}`},
		"claim_get":           {`,"claim_id":"` + unknown + `"`, 404, ``},
		"claim_update":        {`,"claim_id":"` + unknown + `","ttl":60`, 404, ``},
		"claim_delete":        {`,"claim_id":"` + unknown + `"`, 204, `{}`},
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.want(row.status, row.want, action, `{"queue_name":"q"%s}`, row.body)
			queues := `[]`
			if row.status == 201 {
				queues = `[{"name":"q"}]`
			}
			marker := map[bool]string{true: "q"}[row.status == 201]
			s.want(200, fmt.Sprintf(`{"queues":%s,"marker":%q}`, queues, marker), "queue_list", "")
		})
	}
	s := newServer(t)
	s.want(200, `{"messages":[]}`, "message_delete_many", `{"queue_name":"q","pop":1}`)
	s.want(200, `{"queues":[],"marker":""}`, "queue_list", "")
}

// TestARefusedRequestLeavesNoTrace covers what the handlers and the store
// refuse, and one request that the door refuses for each action.
func TestARefusedRequestLeavesNoTrace(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q","metadata":{"_max_messages_post_size":40}}`)
	m := s.post("1", "2", "3")
	one, two := s.claim(), s.claim()
	before := s.state(one, two)
	long := strings.Repeat("x", 65536)
	for _, row := range []struct {
		status       int
		action, body string
	}{
		{400, "queue_create", `"queue_name":"r","metadata":[1]`},
		{400, "queue_create", `"queue_name":"r","metadata":null`},
		{400, "queue_create", `"queue_name":"r","metadata":{"_default_message_ttl":59}`},
		{400, "queue_create", `"queue_name":"r","metadata":{"_default_message_ttl":60.0}`},
		{400, "queue_create", `"queue_name":"r","metadata":{"_max_messages_post_size":0}`},
		{400, "queue_create", `"queue_name":"r","metadata":{"_max_messages_post_size":true}`},
		{400, "queue_create", `"queue_name":"r","metadata":{"a":"` + long + `"}`},
		{400, "queue_create", `"queue_name":"r","metadata":{"a":1,"a":2}`},
		{400, "queue_create", `"queue_name":"r "`},
		{400, "queue_list", `"limit":21`},
		{400, "queue_get", `"queue_name":""`},
		{400, "queue_delete", `"queue_name":"r\n"`},
		{400, "queue_get_stats", `"queue":"q"`},
		{400, "queue_purge", `"queue_name":"q","resource_types":["messages","zzz"]`},
		{400, "message_post", `"queue_name":"r","messages":[]`},
		{400, "message_post", `"queue_name":"r","messages":[{"body":1},{"ttl":60}]`},
		{400, "message_post", `"queue_name":"r","messages":[{"body":1},{"ttl":59,"body":1}]`},
		{400, "message_post", `"queue_name":"r","messages":[{"body":1},7]`},
		{400, "message_post", `"queue_name":"r","messages":[{"body":"` + strings.Repeat(long, 4) + `"}]`},
		{400, "message_post", `"queue_name":"q","messages":[{"body":"` + strings.Repeat("x", 32) + `"}]`},
		{400, "message_list", `"queue_name":"q","limit":0`},
		{400, "message_list", `"queue_name":"q","marker":"no id"`},
		{400, "message_get", `"queue_name":"q"`},
		{404, "message_get", `"queue_name":"q","message_id":"` + unknown + `"`},
		{400, "message_get_many", `"queue_name":"q","message_ids":[]`},
		{403, "message_delete", `"queue_name":"q","message_id":"` + m[0] + `"`},
		{403, "message_delete", `"queue_name":"q","message_id":"` + m[0] + `","claim_id":"` + two + `"`},
		{400, "message_delete", `"queue_name":"q","message_id":"` + m[0] + `","claim_id":"` + unknown + `"`},
		{400, "message_delete", `"queue_name":"q","message_id":"` + m[0] + `","claim_id":""`},
		{400, "message_delete", `"queue_name":"q","message_id":"` + m[2] + `","claim_id":"` + one + `"`},
		{400, "message_delete", `"queue_name":"q","message_id":"` + m[2] + `","claim_id":""`},
		{400, "message_delete_many", `"queue_name":"q"`},
		{400, "message_delete_many", `"queue_name":"q","pop":1,"message_ids":["` + m[2] + `"]`},
		{400, "message_delete_many", `"queue_name":"q","pop":0`},
		{400, "message_delete_many", `"queue_name":"q","message_ids":["` + m[2] + `",null]`},
		{400, "message_delete_many", `"queue_name":"q","message_ids":["` + m[0] + `"],"claim_ids":[]`},
		{403, "message_delete_many", `"queue_name":"q","message_ids":["` + m[2] + `","` + m[0] + `"]`},
		{403, "message_delete_many", `"queue_name":"q","message_ids":["` + m[2] + `","` + m[0] + `"],"claim_ids":["` + two + `"]`},
		{400, "claim_create", `"queue_name":"q","limit":21`},
		{400, "claim_create", `"queue_name":"q","ttl":59`},
		{400, "claim_create", `"queue_name":"q","grace":43201`},
		{404, "claim_get", `"queue_name":"q","claim_id":"` + unknown + `"`},
		{400, "claim_get", `"queue_name":"q","claim_id":7`},
		{400, "claim_update", `"queue_name":"q","claim_id":"` + one + `","ttl":59`},
		{400, "claim_update", `"queue_name":"q","claim_id":"` + one + `","ttl":60,"grace":"x"`},
		{404, "claim_update", `"queue_name":"q","claim_id":"` + unknown + `","ttl":60`},
		{400, "claim_delete", `"queue_name":"q","claim_id":null`},
		{400, "no_such_action", ``},
	} {
		s.want(row.status, "", row.action, "{%s}", row.body)
		if after := s.state(one, two); after != before {
			t.Fatalf("%s %s changed\n%s\nto\n%s", row.action, row.body, before, after)
		}
	}
	s.same("an unreadable frame", s.read(s.send("{")), 400, "")
	s.same("a frame without headers", s.read(s.send(`{"action":"queue_delete","body":{"queue_name":"q"}}`)), 400, "")
	if after := s.state(one, two); after != before {
		t.Errorf("state changed\n%s\nto\n%s", before, after)
	}
}

// broken is a store that fails for reasons of its own.
type broken struct{ *memory.Store }

func (broken) QueueStats(context.Context, store.Queue) (store.Stats, error) {
	return store.Stats{}, errors.New("dial 10.0.0.7: connection refused")
}

func (broken) DeleteQueue(context.Context, store.Queue) error {
	return &store.Error{Kind: "is of a kind we do not know", What: "disk", ID: "/dev/sda"}
}

func TestAFailureOfOurOwnIsLoggedAndAnsweredWithoutDetail(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var log strings.Builder
	s.over(api.Options{Store: broken{memory.New(nil)}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	want := `{"error":"The server failed on this request; it has been logged."}`
	s.want(500, want, "queue_get_stats", `{"queue_name":"q"}`)
	s.want(500, want, "queue_delete", `{"queue_name":"q"}`)
	for _, part := range []string{"queue_get_stats", "10.0.0.7", "queue_delete", "/dev/sda"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("the log does not say %q:\n%s", part, &log)
		}
	}
}

func TestEveryActionOfTheSchemaHasAHandler(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, action := range schema.Model().Actions {
		resp := s.api.Do(t.Context(), &s.session, &wire.Request{Action: action.Name, Body: wire.Raw{0x80}})
		if resp.Status == 500 {
			t.Errorf("%s is answered with status 500", action.Name)
		}
	}
}

func TestProjectsAreApart(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	id := s.post("1")[0]
	c := s.claim()
	for _, other := range []string{"p2", "p1.q", "P1"} {
		s.project = other
		s.want(200, `{"queues":[],"marker":""}`, "queue_list", "")
		s.want(201, "", "queue_create", `{"queue_name":"q"}`)
		s.want(404, "", "message_get", `{"queue_name":"q","message_id":%q}`, id)
		s.want(204, `{}`, "message_delete", `{"queue_name":"q","message_id":%q,"claim_id":%q}`, id, c)
		s.want(404, "", "claim_get", `{"queue_name":"q","claim_id":%q}`, c)
		s.want(204, `{}`, "claim_delete", `{"queue_name":"q","claim_id":%q}`, c)
		s.want(204, `{}`, "queue_delete", `{"queue_name":"q"}`)
	}
	s.session.Project = "p1" // a proven project outweighs the header
	s.lists(`,"echo":true,"include_claimed":true`, 1.0)
}
