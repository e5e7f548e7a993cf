// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// queueReserved are the cases of reserved keys that are wrong in more than their type.
func queueReserved(s *suite) {
	deadLetter := Rule{Needs: []string{"dead_letter"}}

	s.checkWith(spec.QUE42, "a-name-that-no-queue-can-have", deadLetter, func(ctx context.Context, p *Peer) {
		name := p.Name()
		bad := reserved("_dead_letter_queue", "", name+" ", name+"/", name+"\n", name+tooLong(p, name), 7, true, nil, L{name}, M{})
		createRefused(ctx, p, M{"_dead_letter_queue": name}, bad)
	})

	s.checkWith(spec.QUE42, "its-own-name", deadLetter, func(ctx context.Context, p *Peer) {
		one, other := p.Name(), p.Name()
		for _, metadata := range (L{M{"_max_claim_count": 1, "_dead_letter_queue": one}, M{"_dead_letter_queue": one}}) {
			p.Do(ctx, "queue_create", M{"queue_name": one, "metadata": metadata}).WantError(400)
			wantNoQueue(ctx, p, one)
		}
		p.Do(ctx, "queue_create", M{"queue_name": one, "metadata": M{"_dead_letter_queue": other}}).WantStatus(201)
	})

	s.checkWith(spec.QUE43, "no-claims-at-all", deadLetter, func(ctx context.Context, p *Peer) {
		createRefused(ctx, p, M{"_max_claim_count": 1}, reserved("_max_claim_count", 0, -1, math.MinInt64, nil))
	})

	s.check(spec.QUE44, "delays-too-close", func(ctx context.Context, p *Peer) {
		createRefused(ctx, p, M{"_retry_policy": M{"minimum_delay": 20}}, reserved("_retry_policy",
			M{"minimum_delay": 21}, M{"maximum_delay": 14}, M{"minimum_delay": 5, "maximum_delay": 14},
			M{"minimum_delay": 60, "maximum_delay": 30}, M{"minimum_delay": uint64(math.MaxUint64)},
			M{"minimum_delay": math.MaxInt64, "maximum_delay": math.MinInt64}))
	})
}

// update changes a queue's metadata by operations.
func update(ctx context.Context, p *Peer, queue string, operations ...any) *Answer {
	return p.Do(ctx, "queue_update", M{"queue_name": queue, "patch": operations})
}

// set is the operation that gives a key of metadata a value.
func set(op, key string, value any) M { return M{"op": op, "path": "/metadata/" + key, "value": value} }

// unset is the operation that takes a key of metadata away.
func unset(key string) M { return M{"op": "remove", "path": "/metadata/" + key} }

// unchanged sends patches that are refused with a status, and sees the queue's metadata
// as it was.
func unchanged(ctx context.Context, p *Peer, status int, metadata M, patches ...L) {
	queue := p.NewQueueWith(ctx, metadata)
	for _, patch := range patches {
		update(ctx, p, queue, patch...).WantError(status)
		update(ctx, p, queue, append(L{set("add", "more", 1)}, patch...)...).WantError(status)
	}
	p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(metadata)).WantAbsent("body.more")
	update(ctx, p, queue, set("add", "more", 1)).WantStatus(200)
}

func queueUpdate(s *suite) {
	extension := Rule{Needs: needsOf("queue_update")}

	s.checkWith(spec.QUE45, "add-replace-and-remove", extension.atLeast(7, "max_patch_operations"), func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"a": 1, "b": "two", "deep": M{"list": L{1, 3}}, "s/ash": 1, "ti~de": 1})
		after := M{"a": M{"b": nil}, "new": 1.0, "deep": M{"list": L{1, 2, 3}, "more": "käse"}}

		update(ctx, p, queue, set("add", "new", 1.0), set("replace", "a", M{"b": nil}), unset("b"), set("add", "deep/more", "käse"),
			set("add", "deep/list/1", 2), unset("s~1ash"), unset("ti~0de")).WantStatus(200).
			Want("body", Having(after)).WantAbsent("body.b")

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).
			Want("body", Having(after)).WantAbsent("body.b").
			Want("body", Not(Having(M{"s/ash": 1}))).
			Want("body", Not(Having(M{"ti~de": 1})))
	})

	s.checkWith(spec.QUE45, "one-after-another", extension.atLeast(5, "max_patch_operations"), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		update(ctx, p, queue, set("add", "a", 1), set("replace", "a", 2), unset("a"), set("add", "a", 3), set("add", "a", 4)).
			WantStatus(200).Want("body.a", 4)
		update(ctx, p, queue).WantStatus(200).Want("body.a", 4)
	})

	s.checkWith(spec.QUE45, "what-no-operation-names", extension, func(ctx context.Context, p *Peer) {
		stored := M{
			"text": "käse 😀 <&>\u2028\x00", "integer": 1, "float": 1.0, "large": int64(math.MaxInt64), "huge": uint64(math.MaxUint64),
			"least": int64(math.MinInt64), "odd": int64(9007199254740993), "small": 5e-324, "no": false, "null": nil,
			"list": L{1, 1.0, L{}}, "map": M{"deep": M{"a": nil}}, "": "empty key",
		}
		queue := p.NewQueueWith(ctx, stored)

		update(ctx, p, queue, set("add", "more", int64(9007199254740993))).WantStatus(200).
			Want("body", Having(stored)).Want("body.more", int64(9007199254740993))

		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(stored))
	})

	s.checkWith(spec.QUE46, "no-such-queue", extension, func(ctx context.Context, p *Peer) {
		queue := p.Name()

		update(ctx, p, queue, set("add", "a", 1)).WantError(404)
		wantNoQueue(ctx, p, queue)
	})

	s.checkWith(spec.QUE52, "one-operation-too-many", extension, func(ctx context.Context, p *Peer) {
		queue, patch := p.NewQueue(ctx), L{}
		for range p.Limit("max_patch_operations") {
			patch = append(patch, set("add", "a", 1))
		}
		update(ctx, p, queue, patch...).WantStatus(200)
		update(ctx, p, queue, append(patch, set("add", "b", 1))...).WantError(400)
	})
}

func queueUpdateRefused(s *suite) {
	extension := Rule{Needs: needsOf("queue_update")}

	s.checkWith(spec.QUE47, "paths-that-lead-elsewhere", extension, func(ctx context.Context, p *Peer) {
		var patches []L
		paths := L{"", "/", "/metadata", "/metadata/", "metadata/a", "/queue_name", "/a", "/metadata//a", "/metadata/a/", " /metadata/a"}
		for _, path := range paths {
			patches = append(patches, L{M{"op": "add", "path": path, "value": 1}})
		}
		unchanged(ctx, p, 400, M{"a": M{}}, patches...)
	})

	s.checkWith(spec.QUE47, "tildes-that-escape-nothing", extension, func(ctx context.Context, p *Peer) {
		unchanged(ctx, p, 400, M{"a~": M{}, "~2": 1}, L{set("add", "a~", 1)}, L{set("replace", "~2", 2)}, L{unset("~2")},
			L{set("add", "a~/b", 1)}, L{set("add", "~01~", 1)}, L{set("add", "~~1", 1)})
	})

	s.checkWith(spec.QUE47, "operations-that-lack-a-part", extension, func(ctx context.Context, p *Peer) {
		unchanged(ctx, p, 400, M{"a": 1}, L{lacking(set("add", "a", 2), "value")}, L{lacking(set("replace", "a", 2), "value")},
			L{lacking(set("add", "a", 2), "op")}, L{lacking(unset("a"), "op")}, L{lacking(unset("a"), "path")}, L{M{}})
	})

	s.checkWith(spec.QUE48, "what-is-not-there", extension.atLeast(3, "max_patch_operations"), func(ctx context.Context, p *Peer) {
		unchanged(ctx, p, 409, M{"a": 1, "list": L{1}},
			L{set("replace", "b", 1)}, L{unset("b")}, L{set("add", "b/c", 1)}, L{set("add", "a/c", 1)}, L{unset("a/c")},
			L{set("replace", "list/1", 1)}, L{unset("list/1")}, L{set("add", "list/2", 1)}, L{unset("a"), unset("a")})
	})

	s.checkWith(spec.QUE49, "metadata-that-no-queue-can-have", extension, func(ctx context.Context, p *Peer) {
		low, size := p.Limit("min_message_ttl"), int(p.Limit("max_queue_metadata"))
		unchanged(ctx, p, 400, M{"_default_message_ttl": low, "text": strings.Repeat("x", size-100)},
			L{set("replace", "_default_message_ttl", low-1)}, L{set("add", "_default_message_ttl", "60")},
			L{set("add", "_max_messages_post_size", 0)}, L{set("add", "_retry_policy", "often")},
			L{set("add", "_retry_policy", M{}), set("add", "_retry_policy/minimum_delay", "5")},
			L{set("add", "wide", strings.Repeat("x", 200))})
	})

	s.checkWith(spec.QUE49, "metadata-that-lies-too-deep", extension, func(ctx context.Context, p *Peer) {
		deep := p.Limit("max_depth") - 3 // within the request, its body and the metadata
		create := M{"queue_name": p.Name(), "metadata": M{"a": nested(deep+1, true)}}
		a := unechoed(ctx, p, p.Request("queue_create", create)).WantStatus(201, 400)
		if a.Status() == 201 {
			p.Skip("a queue_create may nest deeper than max_depth")
		}
		leaf := strings.Repeat("a/", int(deep)) + "a"
		unchanged(ctx, p, 400, M{"a": nested(deep, true)}, L{set("add", leaf, M{})}, L{set("add", leaf, L{})})
	})

	s.checkWith(spec.QUE50, "all-or-nothing", extension.atLeast(3, "max_patch_operations"), func(ctx context.Context, p *Peer) {
		unchanged(ctx, p, 409, M{"a": 1}, L{set("replace", "a", 2), unset("b")})
		unchanged(ctx, p, 400, M{"a": 1}, L{unset("a"), set("add", "_default_message_ttl", 0)})
	})

	atOnce := Rule{Needs: needsOf("queue_update"), Labels: []string{Concurrency}}
	s.checkWith(spec.QUE50, "eight-clients-at-once", atOnce, func(ctx context.Context, p *Peer) {
		queue, all := p.NewQueue(ctx), M{}
		for i := range 8 {
			for n := range 3 {
				all[fmt.Sprintf("key-%d-%d", i, n)] = i
			}
		}
		p.Together(ctx, 8, func(ctx context.Context, i int, p *Peer) {
			for n := range 3 {
				update(ctx, p, queue, set("add", fmt.Sprintf("key-%d-%d", i, n), i)).WantStatus(200)
			}
		})
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body", Having(all))
	})

	s.checkWith(spec.QUE51, "the-default-ttl", extension.atLeast(3, "max_messages_per_page"), func(ctx context.Context, p *Peer) {
		low, high := p.Limit("min_message_ttl"), p.Limit("max_message_ttl")
		queue := p.NewQueueWith(ctx, M{"_default_message_ttl": low})
		p.Post(ctx, queue, 1)
		update(ctx, p, queue, set("replace", "_default_message_ttl", high)).WantStatus(200)
		p.Post(ctx, queue, 2)
		update(ctx, p, queue, unset("_default_message_ttl")).WantStatus(200)
		p.Post(ctx, queue, 3)

		listed(ctx, p, queue, nil).Want("body.messages[*].ttl", L{low, high, p.Limit("default_message_ttl")})
	})

	s.checkWith(spec.QUE51, "the-size-of-a-post", extension, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		large := M{"body": strings.Repeat("x", 200)}
		post(ctx, p, queue, large).WantStatus(201)
		update(ctx, p, queue, set("add", "_max_messages_post_size", 100)).WantStatus(200)

		post(ctx, p, queue, large).WantError(400)
		post(ctx, p, queue, M{"body": 1}).WantStatus(201)
	})
}
