// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"math"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// delivered posts bodies and judges that both formats deliver each of them.
func delivered(ctx context.Context, p *Peer, bodies ...any) {
	queue := p.NewQueue(ctx)
	for _, some := range inPosts(p, bodies) {
		for i, id := range p.Post(ctx, queue, some...) {
			deliveredAs(ctx, p, queue, id, some[i])
		}
	}
}

func deliveredAs(ctx context.Context, p *Peer, queue, id string, body any) {
	for _, f := range Formats() {
		doAs(ctx, p, f, "message_get", M{"queue_name": queue, "message_id": id}).WantStatus(200).Want("body.messages.body", body)
	}
}

// messageValues are the cases of what a body may be, and comes back as.
func messageValues(s *suite) {
	s.check(spec.MSG10, "numbers", func(ctx context.Context, p *Peer) {
		delivered(ctx, p, 0, 1, -1, 31, 32, -32, -33, 127, 128, -128, 255, 256, 65535, 65536, math.MaxInt32, math.MaxUint32,
			int64(1)<<32, int64(1)<<53+1, -(int64(1)<<53 + 1), math.MaxInt64, math.MinInt64, uint64(1)<<63, uint64(math.MaxUint64),
			0.0, math.Copysign(0, -1), 1.0, -1.0, 0.1, 0.5, 1e15, 1e16, 1e22, -2.5e-7, math.MaxFloat64, math.SmallestNonzeroFloat64,
			float64(1<<53), math.Pi)
	})

	s.check(spec.MSG10, "texts", func(ctx context.Context, p *Peer) {
		delivered(ctx, p, "", " ", "a", "\x00", "a\x00b", "\b\f\n\r\t\"\\/", "\x1f\x7f", "käse", "e\u0301", "\u00e9", "日本", "😀",
			"\U0010ffff", "\u2028\u2029", "\ufeff", "\ufffd", "\uffff", "<&>", "null", "1", "true", "NaN", `{"a": 1}`, `\u0041`,
			strings.Repeat("x", 31), strings.Repeat("x", 32), strings.Repeat("ü", 128), strings.Repeat("x", 65536))
	})

	s.check(spec.MSG10, "lists-and-maps", func(ctx context.Context, p *Peer) {
		var deep any = "bottom"
		wide, long := M{}, make(L, 70000)
		for i := range min(20, (p.Limit("max_depth")-4)/2) { // within the request, its body, the list and the message
			deep = L{M{"in": deep}, i}
		}
		for i := range 20 {
			wide[strings.Repeat("k", 2*i+1)] = i
		}
		for i := range long {
			long[i] = i % 10
		}
		delivered(ctx, p, nil, true, false, L{}, M{}, L{L{}}, L{M{}}, M{"": M{}}, L{nil}, M{"a": nil}, L{1, 1.0, "1", true, nil},
			M{"ü": 1, "\x00": 2, "a.b": 3, "$x": 4, "日本": 5, " ": 6}, M{"ttl": 1, "body": 2, "claim_id": nil, "error": "x"},
			make(L, 15), make(L, 16), wide, deep, long)
	})

	s.checkWith(spec.MSG10, "other-encodings", Rule{Formats: Formats()}, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		for _, e := range otherEncodings(p.Format()) {
			frame := spliced(p, "message_post", M{"queue_name": queue, "messages": L{M{"body": placeholder}}}, e.bytes)
			id := p.DoFrame(ctx, p.Format().kind(), frame).WantStatus(201).Strings("body.message_ids")[0]
			deliveredAs(ctx, p, queue, id, e.value)
		}
	})

	s.check(spec.MSG10, "under-every-action", deliveredEverywhere)
}

// encoding is one of several ways to write a value.
type encoding struct {
	bytes string
	value any
}

// otherEncodings are valid ways to write values that this suite does not use itself.
func otherEncodings(f Format) []encoding {
	if f == JSON {
		return []encoding{
			{`-0`, 0},
			{`1e2`, 100.0},
			{`1E+2`, 100.0},
			{`-1.50e-1`, -0.15},
			{`1.0`, 1.0},
			{`0e0`, 0.0},
			{`"\u0041\/\u00e9\ud83d\ude00"`, "A/é😀"},
			{"[ 1 ,\t2\r\n]", L{1, 2}},
			{`{"\u0061":1}`, M{"a": 1}},
		}
	}
	return []encoding{
		{"\xca\x3f\x80\x00\x00", 1.0},
		{"\xca\x3d\xcc\xcc\xcd", float64(float32(0.1))},
		{"\xcc\x01", 1},
		{"\xcf\x00\x00\x00\x00\x00\x00\x00\x01", 1},
		{"\xd0\xff", -1},
		{"\xd3\xff\xff\xff\xff\xff\xff\xff\xff", -1},
		{"\xd3\x00\x00\x00\x00\x00\x00\x00\x07", 7},
		{"\xd9\x01a", "a"},
		{"\xda\x00\x01a", "a"},
		{"\xdb\x00\x00\x00\x01a", "a"},
		{"\xdc\x00\x01\x01", L{1}},
		{"\xdd\x00\x00\x00\x01\x01", L{1}},
		{"\xde\x00\x01\xd9\x01a\x01", M{"a": 1}},
		{"\xdf\x00\x00\x00\x00", M{}},
	}
}

// deliveredEverywhere posts one body and reads it by each action that shows it.
func deliveredEverywhere(ctx context.Context, p *Peer) {
	queue := p.NewQueue(ctx)
	body := M{"int": uint64(math.MaxUint64), "float": 1.0, "text": "käse\x00😀", "list": L{nil, true, L{}, M{}}, "": M{"ttl": 1}}
	id := p.Post(ctx, queue, body)[0]
	one := M{"queue_name": queue, "message_ids": L{id}}

	for _, f := range Formats() {
		doAs(ctx, p, f, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages[0].body", body)
		doAs(ctx, p, f, "message_get_many", one).WantStatus(200).Want("body.messages[0].body", body)
		a := doAs(ctx, p, f, "claim_create", M{"queue_name": queue}).WantStatus(201).Want("body.messages[0].body", body)
		claim := M{"queue_name": queue, "claim_id": a.Text("body.claim_id")}
		doAs(ctx, p, f, "claim_get", claim).WantStatus(200).Want("body.messages[0].body", body)
		p.Do(ctx, "claim_delete", claim).WantStatus(204)
	}
	for _, f := range Formats() {
		doAs(ctx, p, f, "message_delete_many", M{"queue_name": queue, "pop": 1}).WantStatus(200).Want("body.messages[0].body", body)
		p.Post(ctx, queue, body)
	}
}

// messageOfOneFormat are the cases of values that only one format has.
func messageOfOneFormat(s *suite) {
	s.checkWith(spec.MSG8, "integers-that-are-too-large", Rule{Formats: []Format{JSON}}, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		postEncoded := func(encoded string) *Answer {
			return p.DoFrame(ctx, Text, spliced(p, "message_post", M{"queue_name": queue, "messages": L{M{"body": placeholder}}}, encoded))
		}
		postEncoded("[18446744073709551615, -9223372036854775808]").WantStatus(201)
		for _, integer := range []string{
			"18446744073709551616", "-9223372036854775809", "100000000000000000000000000000000000000000",
			"[1, [18446744073709551616]]", `{"a": {"b": -9223372036854775809}}`,
		} {
			postEncoded(integer).WantError(400)
		}
		listed(ctx, p, queue, nil).Want("body.messages", Length(1))
		p.WantAlive(ctx)
	})

	s.checkWith(spec.MSG9, "half-characters", Rule{Formats: []Format{JSON}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p, `"\ud800"`, `"\udc00x"`, `"a\ud83d"`, `["\udc00\ud800"]`, `{"\ud800": 1}`)
	})

	s.checkWith(spec.MSG9, "a-key-twice", Rule{Formats: []Format{JSON}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p, `{"a": 1, "a": 2}`, `{"a": 1, "\u0061": 2}`)
	})

	s.checkWith(spec.MSG9, "bytes", Rule{Formats: []Format{MsgPack}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p, "\xc4\x04text", "\xc4\x00", "\xc4\x01\xff", "\x91\xc4\x02\xff\xfe", "\x81\xa1k\xc5\x00\x01\x80")
	})

	s.checkWith(spec.MSG9, "bytes-as-keys", Rule{Formats: []Format{MsgPack}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p, "\x81\xc4\x01a\x01", "\x81\xc4\x01\xff\x01")
	})

	s.checkWith(spec.MSG9, "extensions", Rule{Formats: []Format{MsgPack}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p,
			"\xd4\x05a", "\xd4\x05\xff", "\xc7\x00\x05", "\xd6\xff\x00\x00\x00\x00", "\xd7\xff\x00\x00\x00\x00\x00\x00\x00\x01")
	})

	s.checkWith(spec.MSG9, "floats-that-are-no-numbers", Rule{Formats: []Format{MsgPack}}, func(ctx context.Context, p *Peer) {
		refusedOrDelivered(ctx, p,
			"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", "\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", "\x91\xca\xff\x80\x00\x00")
	})
}

// refusedOrDelivered posts each body, as it is encoded, to a queue of its own,
// over a connection of its own. What is not refused has to reach readers of
// both formats.
func refusedOrDelivered(ctx context.Context, p *Peer, encoded ...string) {
	for _, e := range encoded {
		queue := p.NewQueue(ctx)
		body := M{"queue_name": queue, "messages": L{M{"body": "before"}, M{"body": placeholder}}}
		status := p.Another(ctx).DoFrame(ctx, p.Format().kind(), spliced(p, "message_post", body, e)).WantStatus(201, 400).Status()

		stored := map[int]int{201: 2, 400: 0}[status]
		for _, f := range Formats() {
			undeliverable(p, func() {
				doAs(ctx, p.Another(ctx), f, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).
					Want("body.messages", Length(stored))
			})
		}
	}
}

// undeliverable runs the reading of a message. A reader who gets no reply, or one
// that is ill-formed, is what MSG-9 is about, and not only what FRM-25 and FRM-28
// say of all replies: each failure cites the case's own requirement.
func undeliverable(p *Peer, read func()) {
	end := conclude(read)
	switch {
	case end == nil:
	case end.failure == nil:
		p.scene.give(end.verdict, end.reason)
	default:
		f := *end.failure
		f.Requirement = ""
		p.scene.fail(f)
	}
}
