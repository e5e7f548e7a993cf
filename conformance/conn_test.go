// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// The library's Close reads the answering frame itself when our reader is busy.
func TestTheAnswerToACloseFrameIsSeenWhoeverReadsIt(t *testing.T) {
	t.Parallel()
	good := shelf()
	for name, requests := range map[string]int{"an idle reader": 1, "a busy reader": 1100} { // more than it can hand on
		c, _, err := dial(t.Context(), Target{URL: serve(t, good)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		data, err := write(JSON, request("queue_get", "p", M{"queue_name": "q"}))
		if err != nil {
			t.Fatal(err)
		}
		for range requests {
			if err := c.write(t.Context(), Text, data); err != nil {
				t.Fatal(err)
			}
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.close(1000, "")
		}()
		if requests > 1 {
			<-done // before the reader hands on more
		}
		var last event
		for e := range c.events {
			last = e
		}
		<-done
		if last.end == nil || last.end.code != 1000 {
			t.Errorf("%s: the connection ended with %v, want a close frame of status 1000", name, last.end)
		}
	}
}

// A process that was held up finds the end of its wait and what came at once.
func TestWhatCameInTimeIsFoundByAJudgeThatWasHeldUp(t *testing.T) {
	t.Parallel()
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			c := newLive(nil, nil)
			go func() {
				time.Sleep(time.Second)
				c.events <- event{kind: Text, data: []byte("{}")}
			}()
			if _, came := c.next(t.Context(), time.Second); !came {
				t.Error("next: nothing came, want the message")
			}
		})
	}
	none, cancel := context.WithCancel(t.Context())
	cancel()
	if got, came := newLive(nil, nil).next(none, time.Second); came || !got.over {
		t.Errorf("next in a case that is over: %+v, %v, want the end of its time", got, came)
	}
}

// A target that floods holds up neither the end of a case nor the judge's memory.
func TestAFloodIsLeftToWait(t *testing.T) {
	t.Parallel()
	flood := func(size int) string {
		message := []byte(`"` + strings.Repeat("x", size) + `"`)
		return serve(t, func(m *incoming) {
			for err := error(nil); err == nil; {
				err = m.ws.Write(context.Background(), websocket.MessageText, message)
			}
		})
	}
	t.Run("a case that takes nothing ends", func(t *testing.T) {
		t.Parallel()
		var c *live
		tryCase(t, testRun(t, flood(64<<10)), JSON, func(ctx context.Context, p *Peer) {
			r := p.Raw(ctx)
			r.SendFrame(ctx, Text, []byte("{}"))
			c, _ = r.conn.link.(*live)
			for c.unseen.Load() <= maxUnread {
				<-time.After(time.Millisecond)
			}
		})
		if _, open := <-c.events; open || c.ended() == nil {
			t.Error("the connection is still being read after the case")
		}
	})
	t.Run("a case that waits for the end does not read for ever", func(t *testing.T) {
		t.Parallel()
		got := tryCase(t, testRun(t, flood(1)), JSON, func(ctx context.Context, p *Peer) {
			p.SendFrame(ctx, Text, []byte("{}"))
			p.WantClosed(ctx)
		})
		if got.Failure == nil || got.Failure.Actual != "open, and message after message comes" {
			t.Errorf("the case gave %s %+v, want a failure for what keeps coming", got.Verdict, got.Failure)
		}
	})
}
