// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// A bill says what each thing costs over one transport.
type bill struct{ open, post1, post20, claim, nothing, pushed usage }

// A step is one thing to be measured.
type step struct {
	to *usage
	do func() error
}

func measureAll(m *meter, steps []step) error {
	for _, s := range steps {
		began := m.now()
		if err := s.do(); err != nil {
			return err
		}
		*s.to = m.now().since(began)
	}
	return nil
}

// listen serves and counts, until stop.
func listen(h http.Handler) (m *meter, stop func(), err error) {
	m, err = newMeter()
	if err != nil {
		return nil, nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(m) // it ends when it is closed
	}()
	return m, func() {
		_ = server.Close()
		<-done
	}, nil
}

// transportTable says how many bytes each thing is on the wire, from the client and
// from the server, above TCP.
func transportTable(ctx context.Context, all []sample) (string, error) {
	var t strings.Builder
	head(&t, "WebSocket, JSON", "WebSocket, MessagePack", "HTTP/1.1, kept alive", "HTTP/1.1, one connection each")
	var bills []bill
	for _, f := range []wire.Format{wire.JSON, wire.MsgPack} {
		b, err := overWebSocket(ctx, all, f)
		if err != nil {
			return "", fmt.Errorf("WebSocket, %v: %w", f, err)
		}
		bills = append(bills, b)
	}
	for _, keep := range []bool{true, false} {
		b, err := overHTTP(ctx, all, keep)
		if err != nil {
			return "", fmt.Errorf("HTTP, kept alive %v: %w", keep, err)
		}
		bills = append(bills, b)
	}
	for _, line := range []struct {
		name string
		of   func(bill) usage
	}{
		{"opening handshake", func(b bill) usage { return b.open }},
		{"post of 1 message", func(b bill) usage { return b.post1 }},
		{"post of 20 messages", func(b bill) usage { return b.post20 }},
		{"claim that gets 1 message", func(b bill) usage { return b.claim }},
		{"claim that gets none: one poll", func(b bill) usage { return b.nothing }},
		{"a message that is waited for", func(b bill) usage { return b.pushed }},
	} {
		cells := []string{line.name}
		for _, b := range bills {
			cells = append(cells, line.of(b).cell())
		}
		row(&t, cells...)
	}
	return t.String(), nil
}

// cell is what was sent and received, and whether connections had to be opened.
func (u usage) cell() string {
	if u.up+u.down == 0 {
		return "none"
	}
	return fmt.Sprintf("%d\u00a0+\u00a0%d", u.up, u.down)
}

// overWebSocket measures over one connection to the reference server.
func overWebSocket(ctx context.Context, all []sample, f wire.Format) (b bill, err error) {
	post1, err := written(f, all[0])
	if err != nil {
		return b, err
	}
	post20, err := written(f, all[1])
	if err != nil {
		return b, err
	}
	server, err := refserver.New(refserver.Options{})
	if err != nil {
		return b, fmt.Errorf("start the reference server: %w", err)
	}
	m, stop, err := listen(server)
	if err != nil {
		return b, err
	}
	defer stop()
	aside, stopAside, err := listen(server) // where others post: what they cost is not counted
	if err != nil {
		return b, err
	}
	defer stopAside()

	var mine, others talk
	defer mine.close()
	defer others.close()
	claim := func(queue string) []byte {
		return request(f, "claim_create", fmt.Sprintf(`{"queue_name":%q,"limit":1,"ttl":300,"grace":60}`, queue))
	}
	return b, measureAll(m, []step{
		{&b.open, func() error { return mine.dial(ctx, m, f) }},
		{&b.post1, func() error { return mine.ask(ctx, post1) }},
		{&b.claim, func() error { return mine.ask(ctx, claim("fizbit")) }},
		{&b.nothing, func() error { return mine.ask(ctx, claim("empty")) }},
		{&b.post20, func() error { return mine.ask(ctx, post20) }},
		{new(usage), func() error {
			return mine.ask(ctx, request(f, "subscription_create", `{"queue_name":"fizbit","ttl":300}`))
		}},
		{new(usage), func() error { return others.dial(ctx, aside, f) }},
		{&b.pushed, func() error {
			if err := others.ask(ctx, post1); err != nil {
				return err
			}
			return mine.read(ctx, "Message_Type")
		}},
	})
}
