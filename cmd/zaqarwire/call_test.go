// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

func TestCallPrintsBothFrames(t *testing.T) {
	t.Parallel()
	url := zaqar(t, nil)
	code, stdout, stderr := command(t, "", "call", url, "queue_create", `{"queue_name": "fizbit", "metadata": {"n": 1.0}}`,
		"--project", "p1", "--client-id", "355186cd-d1e8-4108-a3ac-a2183697232a")
	for _, want := range []string{
		">> text ", "<< text ", `"X-Project-ID": "p1"`, `"Client-ID": "355186cd-d1e8-4108-a3ac-a2183697232a"`,
		`"n": 1.0`, `"status":201`,
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("stdout = %s\nwant %q in it", stdout, want)
		}
	}
	if code != exitOK {
		t.Errorf("exit code %d, want 0: %s", code, stderr)
	}

	_, stdout, _ = command(t, "", "call", "--msgpack", url, "queue_list", "--project", "p1")
	for _, want := range []string{
		">> binary ", "<< binary ", `queues: [{name: "fizbit"}]`, "00000000  83 a7 72 65 71 75 65 73  74 84", "|..request.",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("stdout = %s\nwant %q in it", stdout, want)
		}
	}
}

func TestCallSaysWhyThereIsNoReply(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		server func(c *websocket.Conn)
		code   int
		says   string
	}{
		"closed":            {func(c *websocket.Conn) { _ = c.Close(websocket.StatusGoingAway, "") }, 3, "closed the connection with status 1001"},
		"dropped":           {func(c *websocket.Conn) { _ = c.CloseNow() }, 3, "without a close frame"},
		"nothing":           {func(*websocket.Conn) {}, 3, "no reply within 200ms"},
		"not JSON":          {says("hello"), 1, "the reply cannot be read"},
		"without status":    {says(`{"headers": {}}`), 1, "no integer headers.status"},
		"a floating status": {says(`{"headers": {"status": 200.0}}`), 1, "no integer headers.status"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				c, err := websocket.Accept(w, r, nil)
				if err != nil {
					t.Error(err)
					return
				}
				defer c.CloseNow()
				if _, _, err := c.Read(r.Context()); err != nil {
					t.Error(err)
				}
				tc.server(c)
				_, _, _ = c.Read(r.Context())
			}))
			defer h.Close()
			code, _, stderr := command(t, "", "call", "ws"+h.URL[len("http"):], "queue_list", "--timeout", "200ms")
			if code != tc.code || !strings.Contains(stderr, tc.says) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("exit code %d, stderr %q, want %d and one line with %q", code, stderr, tc.code, tc.says)
			}
		})
	}
}

func says(text string) func(c *websocket.Conn) {
	return func(c *websocket.Conn) { _ = c.Write(context.Background(), websocket.MessageText, []byte(text)) }
}

func TestANewClientIDIsARandomUUID(t *testing.T) {
	t.Parallel()
	v4 := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	a, b := newUUID(), newUUID()
	if !v4.MatchString(a) || a == b {
		t.Errorf("newUUID() = %s, then %s, want two of version 4", a, b)
	}
}
