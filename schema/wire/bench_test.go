// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"strings"
	"testing"
)

// postOf is the text of a post of n messages, each with a body as services post them.
func postOf(n int) string {
	items := make([]string, 0, n)
	for i := range n {
		items = append(items, fmt.Sprintf(
			`{"ttl":%d,"body":{"event":"BackupStarted","id":"7b1f6a2e-97a0-4b9c-8f43-%012d",`+
				`"size":%d,"ratio":0.25,"done":false,"tags":["nightly","eu-west"]}}`,
			300+i, i, i*4096))
	}
	return `{"action":"message_post","headers":{"Client-ID":"7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51","X-Project-ID":"p1"},` +
		`"body":{"queue_name":"fizbit","messages":[` + strings.Join(items, ",") + `]}}`
}

func packedPost(tb testing.TB, n int) []byte {
	tb.Helper()
	b, r := transcode([]byte(postOf(n)), 100)
	if r != nil {
		tb.Fatal(r)
	}
	return b
}

// BenchmarkPost reads a post of 1 and of 20 messages, through the whole door into
// its typed body. testdata/bench compares it with what one would take otherwise.
func BenchmarkPost(b *testing.B) {
	for _, n := range []int{1, 20} {
		text, binary := []byte(postOf(n)), packedPost(b, n)
		run := func(name string, read func() error) {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		run("binary", func() error { return readPost(MsgPack, binary) })
		run("text", func() error { return readPost(JSON, text) })
	}
}

// readPost goes all the way that a request goes before it is acted on.
func readPost(f Format, frame []byte) error {
	req := new(Door).Decode(f, frame)
	if req.Refusal != nil {
		return req.Refusal
	}
	return req.Body.Decode(new(MessagePost))
}

// BenchmarkReply writes the reply to a post of 20 messages.
func BenchmarkReply(b *testing.B) {
	req := new(Door).Decode(MsgPack, packedPost(b, 20))
	posted := &Posted{MessageIDs: make([]string, 20)}
	for i := range posted.MessageIDs {
		posted.MessageIDs[i] = fmt.Sprintf("5b1f3c2e-9d0e-4f7e-8a31-%012d", i)
	}
	response := &Response{Status: 201, Body: posted, Echo: req.Echo}
	for _, f := range []Format{MsgPack, JSON} {
		b.Run(f.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := new(Door).Encode(f, response); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
