// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/coder/websocket"
	"golang.org/x/sync/errgroup"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// rateRows compare requests per second over loopback: the reference server with
// a raw one that reads a frame and answers with bytes that the reference server
// sent for the same request. Clients write, wait for the reply and do not read
// it. Client and server share the machine on both sides.
func rateRows() (rows []row, done func(), err error) {
	ref, err := refserver.New(refserver.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("start the reference server: %w", err)
	}
	ours := httptest.NewServer(ref)
	stops := []func(){ours.Close}
	done = func() {
		for _, stop := range stops {
			stop()
		}
	}
	for _, f := range []wire.Format{wire.JSON, wire.MsgPack} {
		talk, err := record(f, ours.URL)
		if err != nil {
			done()
			return nil, nil, fmt.Errorf("record replies: %w", err)
		}
		theirs := httptest.NewServer(raw(f, talk))
		stops = append(stops, theirs.Close)
		for _, conns := range []int{1, 16} {
			rows = append(rows, row{
				name:   fmt.Sprintf("requests as %v, connections: %d, raw coder/websocket", f, conns),
				ours:   func(n int) error { return load(f, ours.URL, talk, conns, n) },
				theirs: func(n int) error { return load(f, theirs.URL, talk, conns, n) },
				target: 0.75,
			})
		}
	}
	return rows, done, nil
}

// exchange is one request frame and the reply frame it got.
type exchange struct{ request, reply []byte }

// record asks what a producer and a consumer ask, in turns: post a message, take
// a message. So the queue stays short, however many requests are sent.
func record(f wire.Format, url string) ([]exchange, error) {
	ctx := context.Background()
	c, err := dial(ctx, url)
	if err != nil {
		return nil, err
	}
	defer c.CloseNow()

	var talk []exchange
	for _, r := range []map[string]any{
		aPost(1),
		request("message_delete_many", map[string]any{"queue_name": "fizbit", "pop": 1}),
	} {
		e := exchange{}
		if e.request, err = frame(f, r); err != nil {
			return nil, err
		}
		if e.reply, err = ask(ctx, c, kindOf(f), e.request); err != nil {
			return nil, err
		}
		talk = append(talk, e)
	}
	return talk, nil
}

// raw is the least a WebSocket server can do with the same library.
func raw(f wire.Format, talk []exchange) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer c.CloseNow()
		for i := 0; ; i++ {
			if _, _, err := c.Read(r.Context()); err != nil {
				return
			}
			if err := c.Write(r.Context(), kindOf(f), talk[i%len(talk)].reply); err != nil {
				return
			}
		}
	})
}

// load sends n requests over so many connections, which share them evenly.
func load(f wire.Format, url string, talk []exchange, conns, n int) error {
	g, ctx := errgroup.WithContext(context.Background())
	for i := range conns {
		share := n / conns
		if i < n%conns {
			share++
		}
		g.Go(func() error {
			c, err := dial(ctx, url)
			if err != nil {
				return err
			}
			defer c.CloseNow()
			for i := range share {
				reply, err := ask(ctx, c, kindOf(f), talk[i%len(talk)].request)
				if err != nil {
					return err
				}
				if len(reply) < len(talk[i%len(talk)].reply)/2 {
					return fmt.Errorf("unexpected reply: %q", reply)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func dial(ctx context.Context, url string) (*websocket.Conn, error) {
	c, _, err := websocket.Dial(ctx, url, nil) //nolint:bodyclose // after a handshake there is none
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return c, nil
}

func ask(ctx context.Context, c *websocket.Conn, kind websocket.MessageType, request []byte) ([]byte, error) {
	if err := c.Write(ctx, kind, request); err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	got, reply, err := c.Read(ctx)
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	if got != kind {
		return nil, errors.New("the reply is of another kind than the request")
	}
	return reply, nil
}

func kindOf(f wire.Format) websocket.MessageType {
	if f == wire.JSON {
		return websocket.MessageText
	}
	return websocket.MessageBinary
}
