// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// delaying is for a case in which messages are delayed, and have time to be.
func delaying() Rule {
	r := roomy()
	r.Needs = []string{"delayed_messages"}
	r.Least["max_message_delay"] = 20
	return r
}

// delayed is a message that is hidden for as long as can be.
func delayed(p *Peer, body any) M {
	return M{"delay": p.Limit("max_message_delay"), "ttl": p.Limit("max_message_ttl"), "body": body}
}

// notDelayed is a message that asks for no delay.
func notDelayed(body any) M { return M{"delay": 0, "body": body} }

func messageDelay(s *suite) {
	s.checkWith(spec.MSG56, "delay-out-of-bounds", delaying(), func(ctx context.Context, p *Peer) {
		var bad []L
		for _, delay := range (L{-1, p.Limit("max_message_delay") + 1, int64(1) << 32, uint64(1) << 63}) {
			bad = append(bad, L{M{"delay": delay, "body": 1}}, L{notDelayed(1), M{"delay": delay, "body": 1}})
		}
		refusedBeside(ctx, p, notDelayed(1), bad...)
	})

	s.checkWith(spec.MSG56, "delay-of-another-type", delaying(), func(ctx context.Context, p *Peer) {
		var bad []L
		for _, delay := range (L{"10", "", 10.0, 0.5, true, false, nil, L{}, L{10}, M{}}) {
			bad = append(bad, L{M{"delay": delay, "body": 1}})
		}
		refusedBeside(ctx, p, notDelayed(1), bad...)
	})

	s.checkWith(spec.MSG57, "among-others", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, delayed(p, 0), notDelayed(1), delayed(p, 2), notDelayed(3), delayed(p, 4))

		for _, more := range []M{{}, {"include_delayed": false}, {"include_claimed": true}} {
			listed(ctx, p, queue, more).Want("body.messages[*].id", L{ids[1], ids[3]})
		}
		listed(ctx, p, queue, M{"limit": 1, "marker": ids[1]}).Want("body.messages[*].id", L{ids[3]})
	})

	s.checkWith(spec.MSG58, "claimed-as-the-first", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, delayed(p, 0))
		p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)

		ids = append(ids, p.PostMessages(ctx, queue, notDelayed(1))...)
		claimed(ctx, p, queue, 5).Want("body.messages[*].id", ids[1:])
	})

	s.checkWith(spec.MSG58, "claimed-behind-a-free-one", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, notDelayed(0), delayed(p, 1), notDelayed(2))

		claimed(ctx, p, queue, 5).Want("body.messages[*].id", L{ids[0], ids[2]})
	})

	s.checkWith(spec.MSG58, "popped", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, delayed(p, 0), notDelayed(1), delayed(p, 2))

		deletions(ctx, p, queue, M{"pop": 5}).WantStatus(200).Want("body.messages[*].id", L{ids[1]})
		got(ctx, p, queue, ids[0])
	})

	s.checkWith(spec.MSG59, "delayed-and-others", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, delayed(p, 0), notDelayed(1), notDelayed(2), delayed(p, 3))
		p.Claim(ctx, queue, M{"limit": 1})

		listed(ctx, p, queue, M{"include_delayed": true}).Want("body.messages[*].id", L{ids[0], ids[2], ids[3]})
		listed(ctx, p, queue, M{"include_delayed": true, "include_claimed": true}).Want("body.messages[*].id", ids)
		listed(ctx, p, queue, M{"include_delayed": true, "marker": ids[2]}).Want("body.messages[*].id", ids[3:])
		listed(ctx, p, queue, M{"include_delayed": true, "echo": false}).Want("body.messages", Length(0))
	})

	s.checkWith(spec.MSG60, "by-their-ids", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, delayed(p, "a"), delayed(p, "b"))

		got(ctx, p, queue, ids[0]).Want("body.messages.body", "a")
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.QUE29, "delayed-and-free", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		p.PostMessages(ctx, queue, delayed(p, 0), notDelayed(1))

		p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200).Want("body.messages", counts(2, 0))
	})
}

// messageDelays are the cases of how long a message is delayed.
func messageDelays(s *suite) {
	s.checkWith(spec.MSG61, "its-own-or-that-of-its-queue", delaying(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueueWith(ctx, M{"_default_message_delay": p.Limit("max_message_delay")})
		ids := p.PostMessages(ctx, queue, M{"body": "of the queue"}, notDelayed("its own"))
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[1:])

		queue = p.NewQueueWith(ctx, M{"_default_message_delay": 0})
		ids = p.PostMessages(ctx, queue, M{"body": "of the queue"}, delayed(p, "its own"))
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[:1])

		queue = p.NewQueue(ctx)
		ids = p.PostMessages(ctx, queue, M{"body": "none"}, delayed(p, "its own"))
		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[:1])
	})

	s.waitWith(spec.MSG61, "for-as-long-as-it-says", delaying(), func(ctx context.Context, p *Peer) []Step {
		const delay = 20
		queue := p.NewQueueWith(ctx, M{"_default_message_delay": delay})
		p.PostMessages(ctx, queue, M{"body": "of the queue"}, M{"body": "its own", "delay": delay})

		return []Step{{At: delay*time.Second + 3*early, Until: delay*time.Second + early, Do: func(ctx context.Context) {
			listed(ctx, p, queue, nil).Want("body.messages", Length(0))
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		}}}
	})

	s.waitWith(spec.MSG62, "in-its-place", delaying(), func(ctx context.Context, p *Peer) []Step {
		const delay = 10
		queue := p.NewQueueWith(ctx, M{"_default_message_delay": delay})
		high := p.Limit("max_message_ttl")
		ids := p.PostMessages(ctx, queue, M{"body": 0, "ttl": high}, M{"body": 1, "ttl": high, "delay": 0},
			M{"body": 2, "ttl": high, "delay": delay}, M{"body": 3, "ttl": high, "delay": 0})

		return []Step{{At: delay*time.Second + late, Do: func(ctx context.Context) {
			listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
			claimed(ctx, p, queue, 1).Want("body.messages[*].id", ids[:1])
			deletions(ctx, p, queue, M{"pop": 2}).WantStatus(200).Want("body.messages[*].id", ids[1:3])
			claimed(ctx, p, queue, 5).Want("body.messages[*].id", ids[3:])
		}}}
	})
}
