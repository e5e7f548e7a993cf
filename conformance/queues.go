// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// queues are the cases of spec/queues.md.
func queues(s *suite) {
	queueNames(s)
	queueCreate(s)
	queueMetadata(s)
	queueReserved(s)
	queueGet(s)
	queueUpdate(s)
	queueUpdateRefused(s)
	queueList(s)
	queuePages(s)
	queueDelete(s)
	queueStats(s)
	queueEnds(s)
	queuePurge(s)
	negatives(s, "queues")
}

func queueNames(s *suite) {
	s.check(spec.QUE1, "every-permitted-character", func(ctx context.Context, p *Peer) {
		endings := []string{"", ".", "_", "-", "..", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789._-"}
		for _, rest := range endings {
			name := p.Name()
			name += rest[:min(len(rest), int(p.Limit("max_queue_name"))-len(name))]
			p.Do(ctx, "queue_create", M{"queue_name": name}).WantStatus(201)
			p.Do(ctx, "queue_get_stats", M{"queue_name": name}).WantStatus(200)
		}
		name := p.Name()
		longest := name + strings.Repeat("x", int(p.Limit("max_queue_name"))-len(name))
		p.Do(ctx, "queue_create", M{"queue_name": longest}).WantStatus(201)
		p.Do(ctx, "queue_get_stats", M{"queue_name": longest}).WantStatus(200)
	})

	s.checkWith(spec.QUE1, "a-name-of-one-character", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		for _, name := range []string{"a", "Z", "0", "_", "-", ".", ".."} {
			p.Do(ctx, "queue_create", M{"queue_name": p.Odd(name)}).WantStatus(201)
		}
	})

	s.check(spec.QUE2, "names-that-no-queue-can-have", func(ctx context.Context, p *Peer) {
		name := p.NewQueue(ctx)
		for _, ending := range append(badEndings(), tooLong(p, name)) {
			p.Do(ctx, "queue_create", M{"queue_name": name + ending}).WantError(400)
		}
		p.Do(ctx, "queue_create", M{"queue_name": ""}).WantError(400)
	})

	s.check(spec.QUE2, "a-line-feed-at-the-end", func(ctx context.Context, p *Peer) {
		name := p.NewQueue(ctx)

		p.Do(ctx, "queue_create", M{"queue_name": name + "\n"}).WantError(400)
	})

	roomyProject := Rule{NeedsOwnProject: true, Least: roomy().Least}
	s.checkWith(spec.QUE4, "listed-by-their-own-names", roomyProject, func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		names := []string{"q.3", "x.1", ".x", "x", "q"}
		for _, name := range names {
			p.Do(ctx, "queue_create", M{"queue_name": p.Odd(name)}).WantStatus(201)
		}

		p.Do(ctx, "queue_list", M{"limit": p.Limit("max_queues_per_page")}).WantStatus(200).
			Want("body.queues[*].name", Unordered(names...))
	})

	s.check(spec.QUE4, "names-that-differ-in-case", func(ctx context.Context, p *Peer) {
		lower := p.NewQueueWith(ctx, M{"of": "lower"})
		upper := strings.ToUpper(lower)

		p.Do(ctx, "queue_create", M{"queue_name": upper, "metadata": M{"of": "upper"}}).WantStatus(201)
		p.Post(ctx, upper, 1)
		p.Do(ctx, "queue_get", M{"queue_name": lower}).WantStatus(200).Want("body.of", "lower")
		listed(ctx, p, lower, nil).Want("body.messages", L{})
	})

	s.checkWith(spec.QUE4, "a-queue-named-like-another-with-an-ending", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "mine")
		for _, ending := range []string{".messages", ".claims", ".queues", ".rank_counter"} {
			other := p.Leave(queue + ending)
			p.Do(ctx, "queue_create", M{"queue_name": other}).WantStatus(201)
			p.Do(ctx, "message_post", M{"queue_name": other, "messages": L{M{"body": "other"}}}).WantStatus(201)
		}

		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": "again"}}}).WantStatus(201)
		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages.total", 2)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true, "limit": 1}).WantStatus(200).
			Want("body.messages[*].id", ids)
	})

	pair := Rule{NeedsOwnProject: true}.listing(2)
	s.checkWith(spec.QUE4, "a-queue-named-like-a-key-of-storage", pair, func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		queue := p.NewQueue(ctx)
		odd := p.Leave("queues_set")
		p.Do(ctx, "queue_create", M{"queue_name": odd}).WantStatus(201)

		p.Do(ctx, "queue_list", nil).WantStatus(200).Want("body.queues[*].name", Unordered(queue, odd))
		p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": "mine"}}}).WantStatus(201)
	})
}

// tooLong is the ending that makes a name one character too long.
func tooLong(p *Peer, name string) string {
	return strings.Repeat("x", int(p.Limit("max_queue_name"))+1-len(name))
}

// badEndings make a bad name of a good one.
func badEndings() []string {
	return []string{" ", "/", "\\", "é", "\x00", "$", ":", "*", "\t", "\r\n", "\n\n", "😀", "%2e"}
}

func queueCreate(s *suite) {
	s.check(spec.QUE5, "a-new-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()

		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)

		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages.total", 0)
	})

	s.checkWith(spec.QUE6, "a-queue-that-exists", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"colour": "blue"})
		ids := p.Post(ctx, queue, 1, 2)

		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"colour": "red", "size": 1}}).WantStatus(204)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).
			Want("body.colour", "blue").WantAbsent("body.size")
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).
			Want("body.messages[*].id", ids)
	})
}

// createRefused creates a queue with good metadata, then others with each bad
// value, which are refused and make no queue.
func createRefused(ctx context.Context, p *Peer, good any, bad L) {
	p.Do(ctx, "queue_create", M{"queue_name": p.Name(), "metadata": good}).WantStatus(201)
	for _, metadata := range bad {
		queue := p.Name()
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": metadata}).WantError(400)
		wantNoQueue(ctx, p, queue)
	}
}

// wantNoQueue judges that there is no such queue: by message_list, since it is
// the action that says so most plainly (MSG-24).
func wantNoQueue(ctx context.Context, p *Peer, queue string) {
	p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
}

func queueMetadata(s *suite) {
	s.check(spec.QUE7, "metadata-that-is-no-map", func(ctx context.Context, p *Peer) {
		createRefused(ctx, p, M{"a": 1}, L{"text", 1, 1.5, true, L{1}, L{"a", "b"}, "", 0, 0.0, false})
	})

	s.check(spec.QUE8, "null-and-an-empty-list", func(ctx context.Context, p *Peer) {
		createRefused(ctx, p, M{}, L{nil, L{}})
	})

	s.check(spec.QUE9, "metadata-of-the-full-size", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		text := strings.Repeat("x", int(p.Limit("max_queue_metadata"))-len(`{"k": ""}`))

		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"k": text}}).WantStatus(201)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.k", text)
	})

	s.check(spec.QUE9, "metadata-of-the-full-size-in-wide-characters", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		text := strings.Repeat("中", int(p.Limit("max_queue_metadata")-20)/len("中"))

		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"k": text}}).WantStatus(201)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.k", text)
	})

	s.check(spec.QUE10, "metadata-above-the-full-size", func(ctx context.Context, p *Peer) {
		size := p.Limit("max_queue_metadata")
		text, head := strings.Repeat("x", int(size)), len(encoded(Binary, M{"k": strings.Repeat("x", int(size)-10)}))-(int(size)-10)
		// One byte too many, in one long text and in many short keys.
		createRefused(ctx, p, M{"k": text[:size/2]}, L{M{"k": text[:int(size)+1-head]}, manyKeys(size)})
	})

	s.check(spec.QUE11, "counted-in-bytes-of-messagepack", func(ctx context.Context, p *Peer) {
		size := int(p.Limit("max_queue_metadata"))
		head := len(encoded(Binary, M{"k": strings.Repeat("x", size-10)})) - (size - 10)
		// As many bytes of MessagePack, in a third of the characters.
		wide := strings.Repeat("中", (size-head)/3) + "xxx"[:(size-head)%3]

		createRefused(ctx, p, M{"k": wide}, L{M{"k": wide + "x"}})
	})

	s.check(spec.QUE12, "default-ttl-out-of-bounds", func(ctx context.Context, p *Peer) {
		low, high := p.Limit("min_message_ttl"), p.Limit("max_message_ttl")
		createRefused(ctx, p, M{"_default_message_ttl": low}, reserved("_default_message_ttl", low-1, high+1, -1, 1<<32+low))
	})

	s.check(spec.QUE12, "default-ttl-of-another-type", func(ctx context.Context, p *Peer) {
		low := p.Limit("min_message_ttl")
		bad := reserved("_default_message_ttl", "60", float64(low), float64(low)+0.5, true, false, L{low}, M{"a": low})
		createRefused(ctx, p, M{"_default_message_ttl": low}, bad)
	})

	s.check(spec.QUE12, "default-ttl-that-is-an-empty-string", func(ctx context.Context, p *Peer) {
		createRefused(ctx, p, M{"_default_message_ttl": p.Limit("max_message_ttl")}, reserved("_default_message_ttl", ""))
	})

	s.check(spec.QUE13, "post-size-out-of-bounds", func(ctx context.Context, p *Peer) {
		high := p.Limit("max_messages_post_size")
		createRefused(ctx, p, M{"_max_messages_post_size": high}, reserved("_max_messages_post_size", 0, -1, high+1, 1<<32+1))
	})

	s.check(spec.QUE13, "post-size-of-another-type", func(ctx context.Context, p *Peer) {
		bad := reserved("_max_messages_post_size", "1", "", 1.0, 1.5, true, false, L{1}, M{"a": 1})
		createRefused(ctx, p, M{"_max_messages_post_size": 1}, bad)
	})
}

// manyKeys is metadata that is more than size by both measures, all of it in
// keys and small values.
func manyKeys(size int64) M {
	m := M{}
	for i := range size / 8 {
		m[fmt.Sprintf("key%07d", i)] = i % 2
	}
	return m
}

// reserved makes metadata of one key with each of the values.
func reserved(key string, values ...any) L {
	all := make(L, len(values))
	for i, v := range values {
		all[i] = M{key: v}
	}
	return all
}

func queueGet(s *suite) {
	s.check(spec.QUE14, "the-metadata-that-was-stored", func(ctx context.Context, p *Peer) {
		stored := M{
			"text": "käse 😀", "integer": 1, "float": 1.0, "large": int64(1) << 60, "no": false, "null": nil,
			"list": L{1, "two", L{}}, "map": M{"deep": M{}}, "_default_message_ttl": p.Limit("min_message_ttl"), "": "empty key",
		}
		queue := p.NewQueueWith(ctx, stored)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(stored))
	})

	s.check(spec.QUE53, "as-they-were-stored", func(ctx context.Context, p *Peer) {
		stored := M{"_colour": "blue", "_": L{1, nil}, "__": 1.5, "_Max_claim_count": "often", "_max-claim-count": M{"_odd": true}}
		queue := p.Name()
		p.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": stored}).WantStatus(201)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(stored))
	})

	s.check(spec.QUE14, "no-metadata", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(M{}))
	})

	s.check(spec.QUE16, "no-such-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantError(404)

		p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200)
	})

	s.check(spec.QUE17, "nothing-but-what-was-stored", func(ctx context.Context, p *Peer) {
		for _, stored := range []M{{}, {"colour": "blue"}, {"_default_message_ttl": p.Limit("max_message_ttl")}} {
			p.Do(ctx, "queue_get", M{"queue_name": p.NewQueueWith(ctx, stored)}).WantStatus(200).Want("body", stored)
		}
	})
}
