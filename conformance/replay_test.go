// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// doer decorates an API by one function.
type doer struct {
	api.Doer

	do func(ctx context.Context, d api.Doer, s *api.Session, req *wire.Request) *wire.Response
}

func (d doer) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	return d.do(ctx, d.Doer, s, req)
}

func wrapDo(do func(ctx context.Context, d api.Doer, s *api.Session, req *wire.Request) *wire.Response) refserver.Options {
	return refserver.Options{WrapAPI: func(d api.Doer) api.Doer { return doer{d, do} }}
}

// writer decorates what a connection writes.
type writer struct {
	ws.Conn

	count atomic.Int64
	write func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error
}

func (w *writer) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	return w.write(ctx, w.Conn, w.count.Add(1), kind, frame)
}

func wrapWrite(write func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error) refserver.Options {
	return refserver.Options{WrapConn: func(c ws.Conn) ws.Conn { return &writer{Conn: c, write: write} }}
}

// broken are servers that break what every reply is held to, or a part of it.
func broken() map[string]refserver.Options {
	return map[string]refserver.Options{
		"sound": {},
		"wrong status": wrapDo(func(ctx context.Context, d api.Doer, s *api.Session, req *wire.Request) *wire.Response {
			resp := d.Do(ctx, s, req)
			if resp.Status >= 400 {
				resp.Status = 200
			}
			return resp
		}),
		"a claim every time": wrapDo(func(ctx context.Context, d api.Doer, s *api.Session, req *wire.Request) *wire.Response {
			resp := d.Do(ctx, s, req)
			if resp.Status == 204 {
				resp.Status = 201
			}
			return resp
		}),
		"two replies": wrapWrite(func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error {
			if n%5 == 0 {
				_ = c.Write(ctx, kind, frame)
			}
			return c.Write(ctx, kind, frame)
		}),
		"the other kind of message": wrapWrite(func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error {
			if n%7 == 0 {
				kind = websocket.MessageText + websocket.MessageBinary - kind
			}
			return c.Write(ctx, kind, frame)
		}),
		"hangs up": wrapWrite(func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error {
			if n == 4 {
				return c.Close(1011, "enough")
			}
			return c.Write(ctx, kind, frame)
		}),
		"cut replies": wrapWrite(func(ctx context.Context, c ws.Conn, n int64, kind websocket.MessageType, frame []byte) error {
			if n%6 == 0 {
				frame = frame[:len(frame)-3]
			}
			return c.Write(ctx, kind, frame)
		}),
	}
}

// judgeAll runs cases against a reference server whose clock is moved, with all
// transcripts kept.
func judgeAll(t *testing.T, o refserver.Options, all []Case, names ...string) Result {
	t.Helper()
	var moved atomic.Int64
	o.Now = func() time.Time { return time.Now().Add(time.Duration(moved.Load())) }
	server, err := refserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	result, err := executeCases(t.Context(), all, Options{
		Target: Target{
			URL:     "ws" + strings.TrimPrefix(front.URL, "http"),
			Advance: func(d time.Duration) { moved.Add(int64(d)) },
		},
		Cases: names, KeepTranscripts: true,
	}, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// A verdict is made of the case and its transcript alone: every transcript, saved
// and read back, gives the verdict that the target got.
func TestEachTranscriptGivesItsVerdictAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	all := Cases()
	for name, o := range broken() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			some := []string{"claims", "QUE-2", "FRM-1", "FRM-13", "FRM-25", "FRM-30", "FRM-33"}
			if name == "sound" {
				some = nil
			}
			saved := judgeAll(t, o, all, some...)
			text, err := json.Marshal(saved)
			if err != nil {
				t.Fatal(err)
			}
			var read Result
			if err := json.Unmarshal(text, &read); err != nil {
				t.Fatal(err)
			}
			again, err := replayCases(t.Context(), all, read, Options{Cases: some}, silent{})
			if err != nil {
				t.Fatal(err)
			}
			if len(again.Cases) != len(saved.Cases) {
				t.Fatalf("%d verdicts, then there were %d", len(again.Cases), len(saved.Cases))
			}
			t.Logf("%d cases, %d failed, %d untested", len(saved.Cases), saved.Count(Fail), saved.Count(Untested))
			for i, now := range again.Cases {
				then := saved.Cases[i]
				if now.Verdict == Untested && withheld(then) {
					t.Logf("%s [%s]: %s", now.Case, now.Format, now.Reason)
					continue
				}
				if now.Verdict != then.Verdict || now.Reason != then.Reason || !reflect.DeepEqual(now.Failure, then.Failure) {
					t.Errorf("%s [%s]: %s %s\n%+v\nthen %s %s\n%+v", now.Case, now.Format,
						now.Verdict, now.Reason, now.Failure, then.Verdict, then.Reason, then.Failure)
				}
			}
		})
	}
}

// withheld says whether a transcript lacks a message that may carry credentials
// and could not be read, so that they could be taken out. It cannot be replayed.
func withheld(c CaseResult) bool {
	return slices.ContainsFunc(c.Transcript, func(l Line) bool { return l.Dir == Incoming && l.Withheld != "" })
}
