// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// filledJSON is the body with which `[{"body": "…"}]` is size characters of JSON.
// In MessagePack it is less.
func filledJSON(size int64) string { return filled(size, JSON) }

// filledMsgPack is the body with which a list of one message that is only that
// body takes size bytes of MessagePack. In JSON it is more.
func filledMsgPack(size int64) string { return filled(size, MsgPack) }

func filled(size int64, f Format) string {
	text := strings.Repeat("x", int(size))
	for {
		data, err := write(f, L{M{"body": text}})
		if err != nil {
			panic(err) //nolint:forbidigo // letters are text in both formats
		}
		more := len(data) - int(size)
		if more <= 0 {
			return text
		}
		text = text[more:]
	}
}

// inPosts cuts bodies into posts that the target accepts, by the larger measure
// of MSG-11, and leaves out what is too large for one.
func inPosts(p *Peer, bodies L) []L {
	fits := func(bodies ...any) bool {
		list := make(L, len(bodies))
		for i, b := range bodies {
			list[i] = M{"body": b}
		}
		return int64(len(encoded(Text, list))) <= p.Limit("max_messages_post_size")
	}
	var posts []L
	var some L
	for _, b := range bodies {
		if !fits(b) {
			continue
		}
		if !fits(append(some, b)...) {
			posts, some = append(posts, some), nil
		}
		some = append(some, b)
	}
	return append(posts, some)
}

// messageSize are the cases of the size of a post.
func messageSize(s *suite) {
	s.check(spec.MSG11, "a-post-of-the-full-size", func(ctx context.Context, p *Peer) {
		queue, text := p.NewQueue(ctx), filledJSON(p.Limit("max_messages_post_size"))

		id := post(ctx, p, queue, M{"body": text}).WantStatus(201).Strings("body.message_ids")[0]

		got(ctx, p, queue, id).Want("body.messages.body", text)
	})

	s.check(spec.MSG11, "a-post-of-the-full-size-in-wide-characters", func(ctx context.Context, p *Peer) {
		queue, text := p.NewQueue(ctx), strings.Repeat("中", int(p.Limit("max_messages_post_size")-20)/len("中"))

		id := post(ctx, p, queue, M{"body": text}).WantStatus(201).Strings("body.message_ids")[0]

		got(ctx, p, queue, id).Want("body.messages.body", text)
	})

	s.check(spec.MSG11, "many-messages-of-the-full-size", func(ctx context.Context, p *Peer) {
		queue, one := p.NewQueue(ctx), M{"body": strings.Repeat("x", 1000)}
		messages := make(L, p.Limit("max_messages_post_size")/int64(len(`{"body": ""}, `)+1000))
		for i := range messages {
			messages[i] = one
		}

		post(ctx, p, queue, messages...).WantStatus(201).Want("body.message_ids", Length(len(messages)))
	})

	s.check(spec.MSG12, "a-post-above-the-full-size", func(ctx context.Context, p *Peer) {
		size := p.Limit("max_messages_post_size")
		half := filledMsgPack(size / 2)

		refusedBeside(ctx, p, M{"body": filledJSON(size)},
			L{M{"body": filledMsgPack(size) + "x"}}, L{M{"body": half}, M{"body": half + "xxx"}})
	})

	s.check(spec.MSG12, "keys-that-nobody-knows", func(ctx context.Context, p *Peer) {
		text := filledMsgPack(p.Limit("max_messages_post_size"))
		half, rest := M{"body": 1, "odd": text[:len(text)/2]}, M{"body": 1, "odd": text[len(text)/2:]}

		refusedBeside(ctx, p, half, L{M{"body": 1, "odd": text}}, L{M{"body": 1, text: 1}}, L{half, rest})
	})

	s.check(spec.MSG13, "counted-in-bytes-of-messagepack", func(ctx context.Context, p *Peer) {
		size := p.Limit("max_messages_post_size")
		text := filledMsgPack(size)
		// As many bytes of MessagePack, in a third of the characters.
		wide := strings.Repeat("中", len(text)/3) + text[:len(text)%3]

		refusedBeside(ctx, p, M{"body": text}, L{M{"body": wide + "x"}})
		post(ctx, p, p.NewQueue(ctx), M{"body": wide}).WantStatus(201)
	})

	s.check(spec.MSG17, "five-hundred-messages", func(ctx context.Context, p *Peer) {
		post(ctx, p, p.NewQueue(ctx), equalMessages(500)...).WantStatus(201).Want("body.message_ids", Length(500))
	})
}

// equalMessages are n messages without a body to speak of.
func equalMessages(n int) L {
	messages := make(L, n)
	for i := range messages {
		messages[i] = M{"body": nil}
	}
	return messages
}

// messagesOfALargeReply is the case of more than fits a reply of max_frame bytes:
// fewer than were asked for may come, but not none.
func messagesOfALargeReply(s *suite) {
	s.checkWith(spec.MSG54, "at-least-one", onlyMsgPack, func(ctx context.Context, p *Peer) {
		queue, text := p.NewQueue(ctx), filledJSON(p.Limit("max_messages_post_size"))
		n := min(p.Limit("max_frame")/int64(len(text))+2, p.Limit("max_messages_per_page"), p.Limit("max_messages_per_claim_or_pop"))
		ids := make([]string, n)
		for i := range ids {
			ids[i] = p.Post(ctx, queue, text)[0]
		}
		some := func(a *Answer) {
			got := int64(len(a.IDs()))
			p.Want("messages of the reply", got, Between(1, n))
			a.Want("body.messages[*].id", ids[:got])
		}

		some(p.Do(ctx, "message_list", M{"queue_name": queue, "limit": n, "echo": true}).WantStatus(200))
		a := claimed(ctx, p, queue, n)
		some(a)
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": a.Text("body.claim_id")}).WantStatus(204)
		some(deletions(ctx, p, queue, M{"pop": n}).WantStatus(200))
	})
}
