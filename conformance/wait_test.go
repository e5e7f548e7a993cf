// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func TestConnectionsThatWaitArePingedUnlessTheirCaseIsOver(t *testing.T) {
	t.Parallel()
	pinged := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{OnPingReceived: func(context.Context, []byte) bool {
			pinged <- r.URL.Path
			return true
		}})
		if err != nil {
			return
		}
		_, _, _ = ws.Read(context.Background())
	}))
	defer server.Close()
	waiting := func(path string) *armed {
		c, _, err := dial(t.Context(), Target{URL: "ws" + strings.TrimPrefix(server.URL, "http") + path}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.drop(0) })
		return &armed{scene: &scene{peers: []*Peer{{conn: &conn{link: c}}}}}
	}
	w := &waits{armed: []*armed{waiting("/over"), waiting("/waits"), waiting("/mute")}}
	w.armed[0].over = true
	w.armed[2].scene.peers[0].conn.mute = true
	w.keep(t.Context())
	w.running.Wait() // for the pongs
	select {
	case path := <-pinged:
		if path != "/waits" || len(pinged) > 0 {
			t.Errorf("pinged %s and %d more, want /waits alone", path, len(pinged))
		}
	case <-time.After(10 * time.Second):
		t.Error("no ping")
	}
}
