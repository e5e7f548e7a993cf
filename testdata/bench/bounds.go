// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// encodings count the allocations of writing: a message_post by a client, and
// its reply by a server, each into a buffer that is used again.
func encodings(t *table) error {
	ttl := int64(300)
	body := wire.Raw("\x81\xa5event\xadBackupStarted")
	post := wire.MessagePost{QueueName: "fizbit"}
	for range 20 {
		post.Messages = append(post.Messages, wire.NewMessage{TTL: &ttl, Body: body})
	}
	buffer, err := post.MarshalMsg(nil)
	if err != nil {
		return fmt.Errorf("encode a post: %w", err)
	}
	allocs(t, "encode message_post, allocations", func() error {
		buffer, err = post.MarshalMsg(buffer[:0])
		return err
	})

	reply := wire.Response{Status: 201, Body: &wire.Posted{MessageIDs: []string{"51db6f78-c508-4f17-8dd9-24357a2c91b0"}}}
	reply.Echo = wire.Echo{Action: wire.Raw("\xacmessage_post"), Body: buffer, Headers: wire.Raw("\x80")}
	out := make([]byte, 0, 2*len(buffer)+256)
	door := new(wire.Door)
	allocs(t, "encode the reply to it, allocations", func() error {
		out, err = door.AppendReply(out[:0], wire.MsgPack, &reply)
		return err
	})
	return err
}

func allocs(t *table, name string, do func() error) {
	if !t.only.MatchString(name) {
		return
	}
	n := testing.AllocsPerRun(1000, func() { _ = do() })
	t.atMost(name, fmt.Sprintf("%.0f", n), n == 0, "0")
}

// hostile counts the bytes that a frame of 20 kB makes us allocate when it claims
// to hold what it does not, from its bytes to those of its reply.
func hostile(t *table) error {
	const size, most = 20_000, 2 << 20
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	post := func(messages string) string {
		return "\x82\xa6action\xacmessage_post\xa4body\x82\xaaqueue_name\xa1q\xa8messages" + messages
	}
	for _, h := range []struct {
		name   string
		format wire.Format
		frame  string
	}{
		{"nested list headers", wire.MsgPack, fill("\xdc\xff\xff")},
		{"messages that are not there", wire.MsgPack, post("\xdd\xff\xff\xff\xff" + fill("\x80"))},
		{"a body of list headers", wire.MsgPack, post("\x91\x81\xa4body" + fill("\xdd\x00\x00\x10\x00"))},
		{"JSON nested without end", wire.JSON, fill("[")},
		{"JSON of empty lists", wire.JSON, `{"action":"message_post","body":{"queue_name":"q","messages":[` + fill("[],") + `1]}}`},
	} {
		name := "hostile 20 kB, " + h.name + ", bytes allocated"
		if !t.only.MatchString(name) {
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		door := new(wire.Door)
		req := door.Decode(h.format, []byte(h.frame))
		if _, err := door.Encode(h.format, &wire.Response{Status: 400, Echo: req.Echo}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		runtime.ReadMemStats(&after)
		got := after.TotalAlloc - before.TotalAlloc
		t.atMost(name, fmt.Sprintf("%.1f kB", float64(got)/1e3), got <= most, "2 MB")
	}
	return nil
}

// checks time the command itself, compiled, against its own server.
func checks(t *table) error {
	dir, err := os.MkdirTemp("", "zaqarwire-bench")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the system clears it sooner or later
	command := filepath.Join(dir, "zaqarwire")

	for _, c := range []struct {
		name string
		args []string
		most time.Duration
	}{
		{"zaqarwire check --fast", []string{"check", "--fast"}, 3 * time.Second},
		{"zaqarwire check", []string{"check"}, 5 * time.Second},
	} {
		if !t.only.MatchString(c.name) {
			continue
		}
		if _, err := os.Stat(command); err != nil {
			if err := execute("go", "-C", "../..", "build", "-o", command, "./cmd/zaqarwire"); err != nil {
				return err
			}
		}
		start := time.Now()
		if err := execute(command, append(c.args, "-o", dir)...); err != nil {
			return err
		}
		took := time.Since(start)
		t.atMost(c.name, fmt.Sprintf("%.2f s", took.Seconds()), took <= c.most, c.most.String())
	}
	return nil
}

func execute(name string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.CommandContext(context.Background(), name, args...) //nolint:gosec // we name it above
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run %s %s: %w\n%s", name, strings.Join(args, " "), err, out.Bytes())
	}
	return nil
}
