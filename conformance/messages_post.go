// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// post is a message_post of messages as they are given, to be judged.
func post(ctx context.Context, p *Peer, queue string, messages ...any) *Answer {
	return p.Do(ctx, "message_post", M{"queue_name": queue, "messages": messages})
}

// messagePost are the cases of a post that is stored.
func messagePost(s *suite) {
	s.check(spec.MSG1, "ids-in-the-order-of-the-request", func(ctx context.Context, p *Peer) {
		queue, bodies := p.NewQueue(ctx), []string{"c", "a", "b"}

		a := post(ctx, p, queue, M{"body": "c"}, M{"body": "a", "ttl": p.Limit("min_message_ttl")}, M{"body": "b"}).WantStatus(201).
			Want("body.message_ids", Length(len(bodies)))
		ids := a.Strings("body.message_ids")

		p.Want("how many ids differ", different(ids), len(bodies))
		for i, body := range bodies {
			got(ctx, p, queue, ids[i]).Want("body.messages.body", body)
		}
	})

	s.checkWith(spec.MSG1, "equal-messages", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		same := M{"body": "same"}

		ids := post(ctx, p, queue, same, same, same).WantStatus(201).Strings("body.message_ids")
		ids = append(ids, post(ctx, p, queue, same).WantStatus(201).Strings("body.message_ids")...)

		p.Want("how many ids differ", different(ids), 4)
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.MSG2, "to-no-queue", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)

		ids := post(ctx, p, queue, M{"body": 1}, M{"body": 2}).WantStatus(201).Strings("body.message_ids")

		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids).Want("body.messages[*].body", L{1, 2})
		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(204)
	})

	s.check(spec.MSG14, "the-size-of-the-queue", func(ctx context.Context, p *Peer) {
		const size = 100
		queue := p.NewQueueWith(ctx, M{"_max_messages_post_size": size})

		post(ctx, p, queue, M{"body": filledJSON(size)}).WantStatus(201)
		post(ctx, p, queue, M{"body": filledMsgPack(size) + "x"}).WantError(400)

		listed(ctx, p, queue, nil).Want("body.messages", Length(1))
		p.WantAlive(ctx)
		post(ctx, p, p.NewQueue(ctx), M{"body": filledMsgPack(size) + "x"}).WantStatus(201)
	})
}

// different is how many of the ids differ.
func different(ids []string) int {
	return len(slices.Compact(slices.Sorted(slices.Values(ids))))
}

// refusedBeside posts each of the lists of messages, which are refused and
// store nothing, beside a good message, which is stored.
func refusedBeside(ctx context.Context, p *Peer, good any, bad ...L) {
	queue := p.NewQueue(ctx)
	ids := post(ctx, p, queue, good).WantStatus(201).Strings("body.message_ids")

	for _, messages := range bad {
		post(ctx, p, queue, messages...).WantError(400)
	}

	listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
	p.WantAlive(ctx)
}

// messagePostRefused are the cases of a post that is refused.
func messagePostRefused(s *suite) {
	good := M{"body": "good"}

	s.check(spec.MSG3, "one-bad-message-among-good-ones", func(ctx context.Context, p *Peer) {
		tooOld, noBody := M{"body": "bad", "ttl": p.Limit("max_message_ttl") + 1}, M{"ttl": p.Limit("min_message_ttl")}
		for _, bad := range []M{tooOld, noBody} {
			refusedBeside(ctx, p, good, L{bad, good, good}, L{good, bad, good}, L{good, good, bad})
		}
	})

	s.check(spec.MSG3, "makes-no-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		tooLong := M{"body": filledMsgPack(p.Limit("max_messages_post_size")) + "x"}
		for _, messages := range []L{{}, {M{}}, {good, M{}}, {good, M{"body": 1, "ttl": -1}}, {tooLong}} {
			post(ctx, p, queue, messages...).WantError(400)
			p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(404)
		}
		post(ctx, p, queue, good).WantStatus(201)
	})

	s.check(spec.MSG4, "no-messages", func(ctx context.Context, p *Peer) {
		refusedBeside(ctx, p, good, L{})
	})

	s.check(spec.MSG5, "a-message-that-is-no-map", func(ctx context.Context, p *Peer) {
		refusedBeside(ctx, p, good,
			L{"text"}, L{""}, L{7}, L{1.5}, L{true}, L{nil}, L{L{}}, L{L{good}}, L{good, "text"}, L{nil, good})
	})

	s.check(spec.MSG6, "a-message-without-a-body", func(ctx context.Context, p *Peer) {
		ttl := p.Limit("min_message_ttl")
		refusedBeside(ctx, p, M{"ttl": ttl, "body": nil}, L{M{"ttl": ttl}}, L{M{}}, L{M{"Body": 1}}, L{good, M{"ttl": ttl}})
	})

	s.check(spec.MSG7, "ttl-out-of-bounds", func(ctx context.Context, p *Peer) {
		low, high := p.Limit("min_message_ttl"), p.Limit("max_message_ttl")
		for _, ttl := range []int64{low, high} {
			refusedBeside(ctx, p, M{"ttl": ttl, "body": 1}, withTTL(low-1, 0, -1, -low, high+1, int64(1)<<32+low, uint64(1)<<63)...)
		}
	})

	s.check(spec.MSG7, "ttl-of-another-type", func(ctx context.Context, p *Peer) {
		ttl := p.Limit("min_message_ttl")
		refusedBeside(ctx, p, M{"ttl": ttl, "body": 1},
			withTTL("60", "", float64(ttl), float64(ttl)+0.5, true, nil, L{}, L{ttl}, M{})...)
	})

	s.check(spec.MSG16, "names-that-no-queue-can-have", func(ctx context.Context, p *Peer) {
		name := p.Name()
		post(ctx, p, name, good).WantStatus(201)
		for _, ending := range append(badEndings(), tooLong(p, name)) {
			post(ctx, p, name+ending, good).WantError(400)
		}
		p.WantAlive(ctx)
	})

	s.check(spec.MSG16, "a-line-feed-at-the-end", func(ctx context.Context, p *Peer) {
		name := p.Name()
		post(ctx, p, name, good).WantStatus(201)

		post(ctx, p, name+"\n", good).WantError(400)
		p.WantAlive(ctx)
	})

	s.check(spec.MSG16, "an-empty-name", func(ctx context.Context, p *Peer) {
		post(ctx, p, p.Name(), good).WantStatus(201)

		post(ctx, p, "", good).WantError(400)
		p.WantAlive(ctx)
	})
}

// withTTL makes posts of one message with each of the lives.
func withTTL(values ...any) []L {
	posts := make([]L, len(values))
	for i, ttl := range values {
		posts[i] = L{M{"ttl": ttl, "body": "bad"}}
	}
	return posts
}

// messageDefaults are the cases of a message that names no ttl.
func messageDefaults(s *suite) {
	s.checkWith(spec.MSG15, "the-default-of-the-queue", Rule{}.atLeast(3, "max_messages_per_page"), func(ctx context.Context, p *Peer) {
		ttl, own := p.Limit("min_message_ttl")+1, p.Limit("max_message_ttl")
		queue := p.NewQueueWith(ctx, M{"_default_message_ttl": ttl})

		post(ctx, p, queue, M{"body": 1}, M{"body": 2, "ttl": own}, M{"body": 3}).WantStatus(201)

		listed(ctx, p, queue, nil).Want("body.messages[*].ttl", L{ttl, own, ttl})
	})

	s.checkWith(spec.MSG15, "the-default-of-the-server", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		ttl, made := p.Limit("default_message_ttl"), p.Name()
		for _, queue := range []string{p.NewQueue(ctx), made} {
			post(ctx, p, queue, M{"body": 1}, M{"body": 2}).WantStatus(201)
			listed(ctx, p, queue, nil).Want("body.messages[*].ttl", L{ttl, ttl})
		}
	})
}
