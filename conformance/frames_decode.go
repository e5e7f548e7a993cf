// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"math"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// refuses sends messages that would each make a queue, were they not to be
// refused, and then the twin of them that is fine: it makes the queue, so none
// of them did. Each of spoilt is the whole message, made from the fine one.
func refuses(ctx context.Context, p *Peer, spoilt ...func(fine string) string) {
	fine := p.Request("queue_create", M{"queue_name": p.Name()})
	for _, change := range spoilt {
		p.DoFrame(ctx, p.Format().kind(), []byte(change(string(p.Encode(fine))))).WantError(400)
	}
	p.Ask(ctx, fine).WantStatus(201)
}

// refusesValue is refuses for raw bytes in the place of a value: at the top
// level, in the headers, in the body and deep in the body.
func refusesValue(ctx context.Context, p *Peer, raws ...string) {
	queue := p.Name()
	create := func(more M, opts ...Option) M {
		return p.Request("queue_create", M{"queue_name": queue, "metadata": more, "odd": 1}, opts...)
	}
	for _, raw := range raws {
		for _, request := range []M{
			create(M{}, Key("odd", here)),
			create(M{}, Header("Odd", here)),
			create(M{}, Key("body", M{"queue_name": queue, "odd": here})),
			create(M{"odd": L{1, M{"odd": here}}}),
		} {
			p.DoFrame(ctx, p.Format().kind(), spoil(p, request, raw)).WantError(400)
		}
	}
	p.Ask(ctx, create(M{"odd": L{1, M{"odd": "fine"}}}, Key("odd", 1), Header("Odd", "fine"))).WantStatus(201)
}

func framesText(s *suite) {
	s.checkWith(spec.FRM43, "white-space-around-the-value", onlyJSON, func(ctx context.Context, p *Peer) {
		for _, around := range [][2]string{{" ", " "}, {"\t\r\n", "\n"}, {"", strings.Repeat(" ", 1000)}} {
			data := around[0] + string(p.Encode(p.Request("queue_list", nil))) + around[1]
			p.DoFrame(ctx, Text, []byte(data)).WantStatus(200)
		}
	})

	s.checkWith(spec.FRM43, "no-value", onlyJSON, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, whole(""), whole(" \n"), whole("queue_list"), whole("\x00"), whole(","), whole("{"), whole("}"))
	})

	s.checkWith(spec.FRM43, "cut-short", onlyJSON, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, without(1), without(2), without(3), without(10), without(30))
	})

	s.checkWith(spec.FRM43, "bytes-after-the-value", onlyJSON, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, after("x"), after("}"), after(","), after(" {}"), after(" null"), after("\x00"), after(" // fine"),
			func(fine string) string { return fine + fine })
	})

	s.checkWith(spec.FRM43, "bytes-before-the-value", onlyJSON, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, before("\ufeff"), before("x"), before("null "), before(",")) // the first is a byte order mark
	})

	s.checkWith(spec.FRM43, "nearly-json", onlyJSON, func(ctx context.Context, p *Peer) {
		refuses(ctx, p,
			func(fine string) string { return strings.ReplaceAll(fine, `"`, `'`) },
			func(fine string) string { return strings.Replace(fine, `"action"`, `action`, 1) },
			func(fine string) string { return strings.TrimSuffix(fine, "}") + ",}" },
			func(fine string) string { return strings.Replace(fine, ":", "", 1) },
			func(fine string) string { return strings.Replace(fine, ":", "=", 1) },
			func(fine string) string { return "/* a comment */" + fine },
		)
	})

	s.checkWith(spec.FRM43, "nearly-a-value", onlyJSON, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, ``, `True`, `nil`, `undefined`, `01`, `+1`, `.5`, `1.`, `1e`, `0x1f`, `1_000`, `--1`,
			`"\x41"`, `"\u12g4"`, `"a`, "\"a\nb\"", "\"\x01\"", `[1,]`, `[1 2]`, `{"a" 1}`, `{1: 2}`, `{"a": 1,}`)
	})
}

func whole(text string) func(string) string { return func(string) string { return text } }

func before(text string) func(string) string { return func(fine string) string { return text + fine } }

func after(text string) func(string) string { return func(fine string) string { return fine + text } }

// without leaves the last n bytes out.
func without(n int) func(string) string {
	return func(fine string) string { return fine[:len(fine)-n] }
}

func framesBinary(s *suite) {
	s.checkWith(spec.FRM44, "no-value", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, whole(""), whole("\xc1"), before("\xc1"))
	})

	s.checkWith(spec.FRM44, "cut-short", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, without(1), without(2), without(10), without(30),
			whole("\x81"), whole("\xde\x00"), whole("\xdf\x00\x00"), whole("\xd9"), whole("\xcb\x00"))
	})

	s.checkWith(spec.FRM44, "bytes-after-the-value", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, after("\xc0"), after("\x00"), after("\xc1"), after("\n"),
			func(fine string) string { return fine + fine })
	})

	s.checkWith(spec.FRM44, "json-in-a-binary-message", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, whole(string(encoded(Text, p.Request("queue_list", nil)))))
	})

	s.checkWith(spec.FRM44, "the-byte-c1-as-a-value", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, "\xc1")
	})

	// A string, bytes, a list and a map that say they are up to 4 GiB long.
	s.checkWith(spec.FRM44, "a-length-beyond-the-message", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, "\xdb\xff\xff\xff\xff", "\xc6\x7f\xff\xff\xff", "\xdd\xff\xff\xff\xff", "\xdf\xff\xff\xff\xff",
			"\xda\xff\xff", "\xdc\xff\xff", "\xde\xff\xff")
	})

	s.check(spec.FRM45, "no-map", func(ctx context.Context, p *Peer) {
		request := p.Request("queue_list", nil)
		for _, value := range (L{nil, true, false, 0, -7, 1.5, "", "queue_list", L{}, L{request}, L{"action", "queue_list"}}) {
			p.Ask(ctx, value).WantError(400)
		}
		p.Ask(ctx, request).WantStatus(200)
	})
}

func framesStrings(s *suite) {
	s.checkWith(spec.FRM46, "a-string-that-is-not-utf-8", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, "\xa1\xff", "\xa2a\xc3", "\xa2\xc0\xaf", "\xa3\xed\xa0\x80", "\xd9\x01\xff", "\xda\x00\x01\x80")
	})

	s.checkWith(spec.FRM46, "a-key-that-is-not-utf-8", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, "\x81\xa1\xff\x01", "\x81\xa2a\xc3\x01")
	})

	s.checkWith(spec.FRM46, "a-name-that-is-not-utf-8", onlyMsgPack, func(ctx context.Context, p *Peer) {
		request := p.Request("queue_create", M{"queue_name": here})

		p.DoFrame(ctx, Binary, spoil(p, request, "\xa2a\xff")).WantError(400)
		p.Do(ctx, "queue_create", M{"queue_name": p.Name()}).WantStatus(201)
	})

	// Keys that are a number, null, a boolean, a float, a list, a map and an ext.
	s.checkWith(spec.FRM47, "keys-of-other-kinds", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, "\x81\x07\x01", "\x81\xc0\x01", "\x81\xc3\x01", "\x81\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00\x01",
			"\x81\x90\x01", "\x81\x80\x01", "\x81\xd4\x05A\x01")
	})

	s.checkWith(spec.FRM47, "a-number-as-a-key-of-the-request", onlyMsgPack, func(ctx context.Context, p *Peer) {
		refuses(ctx, p, func(fine string) string { // a map of three keys gets a fourth
			return "\x84" + strings.TrimPrefix(fine, "\x83") + "\x07\x01"
		})
	})

	s.check(spec.FRM48, "a-key-twice", func(ctx context.Context, p *Peer) {
		twice := `{"a": 1, "a": 2}`
		if p.Format() == MsgPack {
			twice = "\x82\xa1a\x01\xa1a\x02"
		}
		refusesValue(ctx, p, twice)
	})
}

func framesNumbers(s *suite) {
	huge := []string{"NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1.5E+309"}

	s.checkWith(spec.FRM49, "in-a-key-that-is-ignored", onlyJSON, func(ctx context.Context, p *Peer) {
		for _, raw := range huge {
			p.DoFrame(ctx, Text, spoil(p, p.Request("queue_list", nil, Key("odd", here)), raw)).WantError(400)
		}
		p.DoFrame(ctx, Text, spoil(p, p.Request("queue_list", nil, Key("odd", here)), "1.7e308")).WantStatus(200)
	})

	s.checkWith(spec.FRM49, "in-the-body", onlyJSON, func(ctx context.Context, p *Peer) {
		refusesValue(ctx, p, huge...)
	})

	s.checkWith(spec.FRM49, "in-a-message", onlyJSON.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		post := p.Request("message_post", M{"queue_name": queue, "messages": L{M{"body": 1}, M{"body": M{"odd": here}}}})

		for _, raw := range huge {
			p.DoFrame(ctx, Text, spoil(p, post, raw)).WantError(400)
		}
		p.DoFrame(ctx, Text, spoil(p, post, "1.7e308")).WantStatus(201)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[*].body", L{1, M{"odd": 1.7e308}})
	})

	// ignored is a request whose reply does not echo what the target may accept.
	ignored := func(ctx context.Context, p *Peer, raws ...string) {
		for _, raw := range raws {
			p.DoFrame(ctx, p.Format().kind(), spoil(p, p.Request("queue_list", nil, Key("odd", here)), raw)).WantError(400)
		}
	}

	s.checkWith(spec.FRM50, "integers-beyond-64-bits", onlyJSON, func(ctx context.Context, p *Peer) {
		ignored(ctx, p, "18446744073709551616", "-9223372036854775809", "1"+strings.Repeat("0", 400))
	})

	s.checkWith(spec.FRM50, "lone-surrogates", onlyJSON, func(ctx context.Context, p *Peer) {
		ignored(ctx, p, `"\ud800"`, `"\udc00"`, `"\ud800\u0041"`, `{"\udfff": 1}`)
	})

	s.checkWith(spec.FRM50, "bin-and-ext", onlyMsgPack, func(ctx context.Context, p *Peer) {
		for _, value := range (L{Bin("text"), Bin("\xff"), Ext{5, []byte("ascii")}, Ext{-1, []byte{0, 0, 0, 1}}}) {
			ignored(ctx, p, string(p.Encode(value)))
		}
	})

	s.checkWith(spec.FRM50, "floats-that-are-no-numbers", onlyMsgPack, func(ctx context.Context, p *Peer) {
		for _, value := range (L{math.NaN(), math.Inf(1), math.Inf(-1)}) {
			ignored(ctx, p, string(p.Encode(value)))
		}
	})
}

func framesDepth(s *suite) {
	s.check(spec.FRM51, "as-deep-as-max-depth", func(ctx context.Context, p *Peer) {
		queue, depth := p.NewQueue(ctx), p.Limit("max_depth")
		body := nested(depth-4, true) // within the request, its body, the list of messages and the message
		post := M{"queue_name": queue, "messages": L{M{"body": body}}}

		unechoed(ctx, p, p.Request("queue_list", M{"odd": nested(depth-2, false)})).WantStatus(200)
		unechoed(ctx, p, p.Request("queue_list", M{"odd": nested(depth-2, true)})).WantStatus(200)
		unechoed(ctx, p, p.Request("queue_list", nil, Key("odd", nested(depth-1, false)))).WantStatus(200)
		unechoed(ctx, p, p.Request("queue_list", nil, Header("Odd", nested(depth-2, true)))).WantStatus(200)
		unechoed(ctx, p, p.Request("message_post", post)).WantStatus(201)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[*].body", L{body})
	})

	s.check(spec.FRM30, "as-deep-as-max-depth", func(ctx context.Context, p *Peer) {
		body := M{"odd": nested(p.Limit("max_depth")-2, false)}

		p.Do(ctx, "queue_list", body).WantStatus(200).Want("request.body", body)
	})

	s.check(spec.FRM52, "a-level-deeper-than-max-depth", func(ctx context.Context, p *Peer) {
		tooDeep(ctx, p, p.Limit("max_depth")+1)
	})

	s.check(spec.FRM52, "600-deep", func(ctx context.Context, p *Peer) {
		tooDeep(ctx, p, max(600, p.Limit("max_depth")+1))
	})

	s.check(spec.FRM52, "100000-deep", func(ctx context.Context, p *Peer) {
		open, end, key := "[", "]", `{"a": `
		if p.Format() == MsgPack {
			open, end, key = "\x91", "", "\x81\xa1a"
		}
		request := p.Request("queue_list", nil, Key("odd", here)) // not echoed, so no reply is as deep
		n := int(min(100_000, p.Limit("max_frame")/10))
		for _, raw := range []string{
			strings.Repeat(open, n) + string(p.Encode(1)) + strings.Repeat(end, n),
			strings.Repeat(key, n) + string(p.Encode(1)) + strings.Repeat(strings.ReplaceAll(end, "]", "}"), n),
			strings.Repeat(open, n),
		} {
			p.DoFrame(ctx, p.Format().kind(), spoil(p, request, raw)).WantStatus(200, 400)
		}
	})
}

// tooDeep asks for a list of queues, and for a post, in requests of that depth.
func tooDeep(ctx context.Context, p *Peer, depth int64) {
	post := M{"queue_name": p.NewQueue(ctx), "messages": L{M{"body": nested(depth-4, false)}}}

	unechoed(ctx, p, p.Request("queue_list", nil, Key("odd", nested(depth-1, false)))).WantStatus(200, 400)
	unechoed(ctx, p, p.Request("queue_list", M{"odd": nested(depth-2, true)})).WantStatus(200, 400)
	unechoed(ctx, p, p.Request("message_post", post)).WantStatus(201, 400)
}

// nested is a list in a list, or a map in a map, so many deep; the innermost is
// empty, so that it does not matter whether a plain value counts as a level.
func nested(depth int64, maps bool) any {
	var v any = L{}
	if maps {
		v = M{}
	}
	for range depth - 1 {
		if maps {
			v = M{"a": v}
		} else {
			v = L{v}
		}
	}
	return v
}
