// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"testing"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestAnOutboxIsBoundedInBytes(t *testing.T) {
	t.Parallel()
	o := newOutbox(3 * overhead)
	small := wire.Raw{0xc0}
	for i, want := range []struct{ ok, full bool }{{true, false}, {true, false}, {false, true}, {false, false}} {
		if ok, full := o.put(wire.JSON, small); ok != want.ok || full != want.full {
			t.Errorf("put %d = %v, %v, want %v, %v", i, ok, full, want.ok, want.full)
		}
	}
	if left := o.take(); len(left) != 0 {
		t.Errorf("%d messages are left of a connection that is being closed", len(left))
	}
}

func TestWhatIsBeingWrittenStillCounts(t *testing.T) {
	t.Parallel()
	o := newOutbox(overhead + 2)
	small := wire.Raw{0xc0}
	if ok, _ := o.put(wire.JSON, small); !ok {
		t.Fatal("an empty outbox takes nothing")
	}
	items := o.take()
	if len(items) != 1 {
		t.Fatalf("took %d, want 1", len(items))
	}
	o.written(items[0].bytes)
	if ok, _ := o.put(wire.JSON, make(wire.Raw, 10_000)); !ok {
		t.Error("an outbox that is empty again refuses a message that is larger than it")
	}
	o.take()
	if ok, full := o.put(wire.JSON, small); ok || !full {
		t.Errorf("put beside one that is being written = %v, %v, want it full", ok, full)
	}
}

// The reply to a request goes out before what the request gives rise to, and what
// comes later goes between replies.
func TestAReplyGoesBeforeItsNotifications(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	for range 20 {
		send(t, c, websocket.MessageText, "push twice")
		wantReply(t, c, websocket.MessageText, "JSON 200 push twice")
		wantReply(t, c, websocket.MessageText, "JSON news")
		wantReply(t, c, websocket.MessageBinary, "MessagePack news")
	}
}

func TestAPanicOfTheCodecLosesOneNotification(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	c := s.dial(t)
	send(t, c, websocket.MessageText, "push badly")
	wantReply(t, c, websocket.MessageText, "JSON 200 push badly")
	wantReply(t, c, websocket.MessageText, "JSON news")
	wantAlive(t, c)
}
