// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"

	"github.com/coder/websocket"
	"golang.org/x/sync/errgroup"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// How many connections are told of one queue, and of how many messages by one post.
const listeners, posted = 100, 20

// crowdRow compares notifications: from a post of 20 messages until each of 100
// subscribers has read all 20, on the reference server and on a raw one that only
// writes as many frames of that length to as many connections.
func crowdRow() (r row, done func(), err error) {
	ref, err := refserver.New(refserver.Options{})
	if err != nil {
		return r, nil, fmt.Errorf("start the reference server: %w", err)
	}
	ours := httptest.NewServer(ref)
	crowd, told, err := gather(ours.URL)
	if err != nil {
		ours.Close()
		return r, nil, fmt.Errorf("subscribe a crowd: %w", err)
	}
	theirs := httptest.NewServer(&hub{told: told})
	rawCrowd, _, err := gather(theirs.URL)
	done = func() {
		crowd.leave()
		rawCrowd.leave()
		ours.Close()
		theirs.Close()
	}
	if err != nil {
		done()
		return r, nil, fmt.Errorf("fill a hub: %w", err)
	}
	name := fmt.Sprintf("post of %d, told to %d subscribers, raw coder/websocket", posted, listeners)
	return row{name: name, ours: crowd.tell, theirs: rawCrowd.tell, target: 0.5}, done, nil
}

// crowd is a poster and those who are told of each post.
type crowd struct {
	post    []byte
	poster  *websocket.Conn
	hearing []*websocket.Conn
}

// gather subscribes a crowd at a server, and returns one notification that it got.
func gather(url string) (*crowd, []byte, error) {
	ctx := context.Background()
	c := &crowd{}
	var err error
	if c.post, err = frame(wire.JSON, aPost(posted)); err != nil {
		return c, nil, err
	}
	subscribe, err := frame(wire.JSON, request("subscription_create", map[string]any{"queue_name": "fizbit"}))
	if err != nil {
		return c, nil, err
	}
	if c.poster, err = dial(ctx, url); err != nil {
		return c, nil, err
	}
	for range listeners {
		conn, err := dial(ctx, url)
		if err != nil {
			return c, nil, err
		}
		c.hearing = append(c.hearing, conn)
		if _, err := ask(ctx, conn, websocket.MessageText, subscribe); err != nil {
			return c, nil, err
		}
	}
	told, err := c.once(ctx)
	return c, told, err
}

func (c *crowd) leave() {
	if c.poster != nil {
		_ = c.poster.CloseNow()
	}
	for _, conn := range c.hearing {
		_ = conn.CloseNow()
	}
}

// tell lets n posts be heard by all.
func (c *crowd) tell(n int) error {
	for range n {
		if _, err := c.once(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

// once lets one post be heard by all, and returns what the last of them was told last.
func (c *crowd) once(ctx context.Context) (told []byte, err error) {
	g, ctx := errgroup.WithContext(ctx)
	for i, conn := range c.hearing {
		g.Go(func() error {
			for range posted {
				_, got, err := conn.Read(ctx)
				if err != nil {
					return fmt.Errorf("hear: %w", err)
				}
				if i == listeners-1 {
					told = got
				}
			}
			return nil
		})
	}
	if _, err := ask(ctx, c.poster, websocket.MessageText, c.post); err != nil {
		return nil, err
	}
	err = g.Wait()
	return told, err
}

// hub is the least that tells a crowd: it writes the same frame to each connection
// that has subscribed, and keeps nothing.
type hub struct {
	told    []byte
	mu      sync.Mutex
	hearing []*websocket.Conn
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer c.CloseNow()
	c.SetReadLimit(1 << 20)
	for {
		_, got, err := c.Read(r.Context())
		if err != nil {
			return
		}
		if bytes.Contains(got, []byte("subscription_create")) {
			h.mu.Lock()
			h.hearing = append(h.hearing, c)
			h.mu.Unlock()
		} else if h.tellAll(r.Context()) != nil {
			return
		}
		if c.Write(r.Context(), websocket.MessageText, []byte(`{}`)) != nil {
			return
		}
	}
}

func (h *hub) tellAll(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for range posted {
		for _, c := range h.hearing {
			if err := c.Write(ctx, websocket.MessageText, h.told); err != nil {
				return fmt.Errorf("tell: %w", err)
			}
		}
	}
	return nil
}
