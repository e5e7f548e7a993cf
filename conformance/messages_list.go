// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"maps"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// messageList are the cases of a page.
func messageList(s *suite) {
	s.checkWith(spec.MSG23, "in-the-order-of-posting", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := slices.Concat(p.Post(ctx, queue, "c", "a", "b"), p.As(p.NewClient()).Post(ctx, queue, "e"), p.Post(ctx, queue, nil))

		a := listed(ctx, p.As(p.NewClient()), queue, nil)

		a.Want("body.messages[*].body", L{"c", "a", "b", "e", nil})
		a.Want("body.messages[*].id", ids)
	})

	s.check(spec.MSG23, "no-messages", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)

		p.Do(ctx, "message_list", M{"queue_name": queue}).WantStatus(200).Want("body.messages", L{})
	})

	s.check(spec.MSG24, "no-such-queue", func(ctx context.Context, p *Peer) {
		queue := p.Name()
		p.Do(ctx, "message_list", M{"queue_name": p.NewQueue(ctx)}).WantStatus(200)

		p.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantError(404)
	})

	s.check(spec.MSG25, "up-to-the-limit", func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_messages_per_page")
		ids := p.PostMessages(ctx, queue, posts(int(most)+1)...)

		for _, limit := range []int64{1, min(2, most), max(1, most-1), most} {
			wantPage(listed(ctx, p, queue, M{"limit": limit}), ids, limit)
		}
	})

	s.check(spec.MSG25, "without-a-limit", func(ctx context.Context, p *Peer) {
		queue, limit := p.NewQueue(ctx), p.Limit("default_messages_per_page")
		ids := p.PostMessages(ctx, queue, posts(int(limit)+1)...)

		a := p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200)
		wantPage(a, ids, limit)
	})

	s.check(spec.MSG26, "limit-out-of-bounds", func(ctx context.Context, p *Peer) {
		queue, most := p.NewQueue(ctx), p.Limit("max_messages_per_page")
		p.Post(ctx, queue, 1)
		for _, limit := range []int64{1, most} {
			listed(ctx, p, queue, M{"limit": limit})
		}
		for _, limit := range []int64{0, -1, -most, most + 1, 1 << 31, 1<<32 + 1, 1 << 62} {
			p.Do(ctx, "message_list", M{"queue_name": queue, "limit": limit}).WantError(400)
		}
		p.WantAlive(ctx)
	})
}

// posts are n messages for PostMessages.
func posts(n int) []M {
	all := make([]M, n)
	for i := range all {
		all[i] = M{"body": i}
	}
	return all
}

// wantPage judges that a page holds the first of ids, as many as limit permits:
// their bodies are too small for MSG-54 to shorten it.
func wantPage(a *Answer, ids []string, limit int64) {
	a.Want("body.messages[*].id", ids[:min(limit, int64(len(ids)))])
}

// messageListHides are the cases of what a listing leaves out.
func messageListHides(s *suite) {
	s.checkWith(spec.MSG27, "the-clients-own", roomy(), func(ctx context.Context, p *Peer) {
		queue, a, b := p.NewQueue(ctx), p, p.As(p.NewClient())
		ids := slices.Concat(a.Post(ctx, queue, 0), b.Post(ctx, queue, 1), a.Post(ctx, queue, 2))

		for _, c := range []struct {
			who  *Peer
			more M
			want []string
		}{
			{a, nil, ids[1:2]},
			{a, M{"echo": false}, ids[1:2]},
			{a, M{"echo": true}, ids},
			{b, nil, []string{ids[0], ids[2]}},
			{b, M{"echo": true}, ids},
			{a.As(a.NewClient()), nil, ids},
			{a.Another(ctx), nil, ids[1:2]},
			{a.Another(ctx).As(b.Client()), M{"echo": false}, []string{ids[0], ids[2]}},
		} {
			c.who.Do(ctx, "message_list", with(M{"queue_name": queue}, c.more)).WantStatus(200).Want("body.messages[*].id", c.want)
		}
	})

	s.checkWith(spec.MSG28, "claimed-in-front", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2)
		p.Claim(ctx, queue, M{"limit": 2})

		listed(ctx, p, queue, nil).Want("body.messages[*].id", ids[2:])
		listed(ctx, p, queue, M{"include_claimed": false}).Want("body.messages[*].id", ids[2:])
	})

	s.checkWith(spec.MSG28, "claimed-in-the-middle", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := claimedFrom(ctx, p, queue, 1, 2, 1)

		listed(ctx, p, queue, nil).Want("body.messages[*].id", []string{ids[0], ids[3]})
		listed(ctx, p, queue, M{"include_claimed": false}).Want("body.messages[*].id", []string{ids[0], ids[3]})
	})

	s.checkWith(spec.MSG29, "without-a-marker", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := claimedFrom(ctx, p, queue, 1, 2, 1)

		listed(ctx, p, queue, M{"include_claimed": true}).Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.MSG29, "with-a-marker", roomy(), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := claimedFrom(ctx, p, queue, 1, 3, 1)

		listed(ctx, p, queue, M{"include_claimed": true, "marker": ""}).Want("body.messages[*].id", ids)
		listed(ctx, p, queue, M{"include_claimed": true, "marker": ids[1]}).Want("body.messages[*].id", ids[2:])
		listed(ctx, p, queue, M{"include_claimed": true, "marker": ids[3]}).Want("body.messages[*].id", ids[4:])
	})
}

// with is a body with more arguments.
func with(body, more M) M {
	maps.Copy(body, more)
	return body
}

// claimedFrom posts free messages, then claimed ones, then free ones again, and
// returns the ids of them all.
func claimedFrom(ctx context.Context, p *Peer, queue string, free, claimed, behind int) []string {
	ids := p.PostMessages(ctx, queue, posts(free+claimed+behind)...)
	first, _ := p.Claim(ctx, queue, M{"limit": free})
	p.Claim(ctx, queue, M{"limit": claimed})
	p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": first}).WantStatus(204)
	return ids
}

// messagePages are the cases of one page after another.
func messagePages(s *suite) {
	s.check(spec.MSG30, "behind-the-clients-own", func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.As(p.NewClient())
		p.PostMessages(ctx, queue, posts(15)...)
		ids := other.Post(ctx, queue, "first", "second", "third")

		for _, limit := range []int64{1, five(p), p.Limit("default_messages_per_page")} {
			a := p.Do(ctx, "message_list", M{"queue_name": queue, "limit": limit}).WantStatus(200)
			wantPage(a, ids, limit)
		}
	})

	s.check(spec.MSG30, "own-ones-behind-a-marker", func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.As(p.NewClient())
		markers := other.Post(ctx, queue, "first", "second")
		p.PostMessages(ctx, queue, posts(15)...)
		ids := other.Post(ctx, queue, "third", "fourth")

		a := p.Do(ctx, "message_list", M{"queue_name": queue, "limit": five(p), "marker": markers[1]}).WantStatus(200)
		wantPage(a, ids, five(p))
	})

	s.check(spec.MSG30, "behind-claimed-ones", func(ctx context.Context, p *Peer) {
		queue, many := p.NewQueue(ctx), min(15, p.Limit("max_messages_per_claim_or_pop"))
		ids := p.PostMessages(ctx, queue, posts(int(many)+3)...)
		p.Claim(ctx, queue, M{"limit": many})

		for _, limit := range []int64{1, five(p)} {
			wantPage(listed(ctx, p, queue, M{"limit": limit}), ids[many:], limit)
		}
	})

	s.checkWith(spec.MSG30, "claimed-ones-behind-a-marker", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue, many := p.NewQueue(ctx), int(min(15, p.Limit("max_messages_per_claim_or_pop")))
		ids := claimedFrom(ctx, p, queue, 2, many, 2)

		wantPage(listed(ctx, p, queue, M{"limit": five(p), "marker": ids[1]}), ids[2+many:], five(p))
	})

	s.checkWith(spec.MSG31, "the-first-of-all", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2)

		listed(ctx, p, queue, M{"marker": ids[0]}).Want("body.messages[*].id", ids[1:])
	})

	s.check(spec.MSG31, "a-later-one", func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1, 2)

		listed(ctx, p, queue, M{"marker": ids[1]}).Want("body.messages[*].id", ids[2:])
		listed(ctx, p, queue, M{"marker": ids[2]}).Want("body.messages", L{})
	})

	s.check(spec.MSG31, "one-that-is-hidden", func(ctx context.Context, p *Peer) {
		queue, other := p.NewQueue(ctx), p.As(p.NewClient())
		ids := slices.Concat(other.Post(ctx, queue, 0), p.Post(ctx, queue, 1), other.Post(ctx, queue, 2))

		p.Do(ctx, "message_list", M{"queue_name": queue, "marker": ids[1]}).WantStatus(200).Want("body.messages[*].id", ids[2:])
	})

	s.check(spec.MSG31, "one-by-one", func(ctx context.Context, p *Peer) {
		queue, seen := p.NewQueue(ctx), []string{}
		ids := p.PostMessages(ctx, queue, posts(5)...)

		page := listed(ctx, p, queue, M{"limit": 1}).IDs()
		for len(page) > 0 && len(seen) <= len(ids) {
			seen = append(seen, page...)
			page = listed(ctx, p, queue, M{"limit": 1, "marker": seen[len(seen)-1]}).IDs()
		}
		p.Want("the messages of all pages", seen, ids)
	})

	s.checkWith(spec.MSG31, "a-dead-letter-that-came-back", buries(), func(ctx context.Context, p *Peer) {
		queue, other := p.Name(), p.Name()
		for i, name := range []string{queue, other} {
			metadata := M{"_max_claim_count": 1, "_dead_letter_queue": []string{other, queue}[i]}
			p.Do(ctx, "queue_create", M{"queue_name": name, "metadata": metadata}).WantStatus(201)
		}
		claimedOut(ctx, p, queue, 0, 1, 2)
		claimAndRelease(ctx, p, other)
		p.Do(ctx, "claim_create", M{"queue_name": other}).WantStatus(204)

		ids := listed(ctx, p, queue, nil).Want("body.messages", Length(3)).IDs() // they may be new (CLM-37)
		for i, id := range ids {
			listed(ctx, p, queue, M{"marker": id}).Want("body.messages[*].id", ids[i+1:])
		}
	})

	s.checkWith(spec.MSG33, "an-empty-marker", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, 0, 1)

		listed(ctx, p, queue, M{"marker": ""}).Want("body.messages[*].id", ids)
	})

	messageMarkers(s)
}

// messageMarkers are the cases of the marker that a page brings.
func messageMarkers(s *suite) {
	s.checkWith(spec.MSG32, "page-by-page", Rule{Needs: []string{"next_marker"}}.holding(2), func(ctx context.Context, p *Peer) {
		queue, seen := p.NewQueue(ctx), []string{}
		ids := p.PostMessages(ctx, queue, posts(5)...)

		a := listed(ctx, p, queue, M{"limit": 2})
		for len(a.IDs()) > 0 && len(seen) <= len(ids) {
			seen = append(seen, a.IDs()...)
			a = listed(ctx, p, queue, M{"limit": 2, "marker": a.Text("body.marker")})
		}
		p.Want("the messages of all pages", seen, ids)

		late := p.Post(ctx, queue, "late")
		listed(ctx, p, queue, M{"marker": a.Text("body.marker")}).Want("body.messages[*].id", late)
	})

	s.checkWith(spec.MSG32, "behind-deleted-messages", Rule{Needs: []string{"next_marker"}}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.PostMessages(ctx, queue, posts(5)...)
		marker := listed(ctx, p, queue, M{"limit": 2}).Text("body.marker")

		p.Do(ctx, "message_delete_many", M{"queue_name": queue, "message_ids": ids[1:3]}).WantStatus(204)
		listed(ctx, p, queue, M{"marker": marker}).Want("body.messages[*].id", ids[3:])
	})
}

// five is a limit of 5, or the largest that the target takes.
func five(p *Peer) int64 { return min(5, p.Limit("max_messages_per_page")) }
