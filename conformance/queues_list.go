// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// allQueues lists the queues of the peer's project, page by page, with the last
// name as the next marker, up to an empty page. However many the project has, a
// marker comes once: a target that never comes to an end fails.
func allQueues(ctx context.Context, p *Peer, limit int64, more M) (names []string, queues []M) {
	sent := map[string]bool{}
	for body := with(M{"limit": limit}, more); ; {
		a := p.Do(ctx, "queue_list", body).WantStatus(200)
		page := a.Strings("body.queues[*].name")
		p.Want("queues of a page", int64(len(page)), AtMost(limit))
		if len(page) == 0 {
			return names, queues
		}
		names, queues = append(names, page...), append(queues, a.Maps("body.queues")...)
		marker := page[len(page)-1]
		p.Want("whether a page ends where another ended", sent[marker], false)
		sent[marker], body["marker"] = true, marker
	}
}

// pages are the names of allQueues.
func pages(ctx context.Context, p *Peer, limit int64) []string {
	names, _ := allQueues(ctx, p, limit, nil)
	return names
}

func queueList(s *suite) {
	s.check(spec.QUE18, "the-queues-of-the-project", func(ctx context.Context, p *Peer) {
		a, b := p.NewQueue(ctx), p.NewQueue(ctx)
		gone := p.NewQueue(ctx)
		p.Do(ctx, "queue_delete", M{"queue_name": gone}).WantStatus(204)

		names := pages(ctx, p, p.Limit("max_queues_per_page"))
		p.Want("names in the listing", only(names, a, b, gone), Unordered(a, b))
	})

	s.checkWith(spec.QUE18, "of-another-project", Rule{NeedsOwnProject: true}, func(ctx context.Context, p *Peer) {
		queue, other := p.In(p.NewProject()), p.In(p.NewProject())
		mine, theirs := queue.NewQueue(ctx), other.NewQueue(ctx)

		queue.Do(ctx, "queue_list", nil).WantStatus(200).Want("body.queues[*].name", L{mine})
		other.Do(ctx, "queue_list", nil).WantStatus(200).Want("body.queues[*].name", L{theirs})
	})

	s.check(spec.QUE19, "no-longer-than-asked-for", func(ctx context.Context, p *Peer) {
		for range p.Limit("max_queues_per_page") + 1 {
			p.NewQueue(ctx)
		}

		for _, limit := range []int64{1, min(2, p.Limit("max_queues_per_page")), p.Limit("max_queues_per_page")} {
			p.Do(ctx, "queue_list", M{"limit": limit}).WantStatus(200).Want("body.queues", Length(int(limit)))
		}
		p.Do(ctx, "queue_list", nil).WantStatus(200).
			Want("body.queues", Length(int(p.Limit("default_queues_per_page"))))
	})

	s.check(spec.QUE20, "limit-out-of-bounds", func(ctx context.Context, p *Peer) {
		high := p.Limit("max_queues_per_page")
		for _, limit := range []int64{1, high} {
			p.Do(ctx, "queue_list", M{"limit": limit}).WantStatus(200)
		}

		for _, limit := range []int64{0, -1, high + 1, 1<<32 + 1} {
			p.Do(ctx, "queue_list", M{"limit": limit}).WantError(400)
		}
	})

	s.check(spec.QUE21, "behind-the-first-queue", func(ctx context.Context, p *Peer) {
		p.NewQueue(ctx)
		p.NewQueue(ctx)
		first := p.Do(ctx, "queue_list", M{"limit": 1}).WantStatus(200).Text("body.queues[0].name")

		p.Do(ctx, "queue_list", M{"limit": 1, "marker": first}).WantStatus(200).
			Want("body.queues[*].name", Not(L{first})).
			Want("body.queues", Length(1))
	})

	s.check(spec.QUE21, "behind-the-last-queue", func(ctx context.Context, p *Peer) {
		p.NewQueue(ctx)
		p.NewQueue(ctx)
		names := pages(ctx, p, p.Limit("max_queues_per_page"))

		p.Do(ctx, "queue_list", M{"marker": names[len(names)-1]}).WantStatus(200).Want("body.queues", Length(0))
	})

	s.check(spec.QUE22, "each-once", func(ctx context.Context, p *Peer) {
		var mine []string
		for range 5 {
			mine = append(mine, p.NewQueue(ctx))
		}

		most := p.Limit("max_queues_per_page")
		for _, limit := range []int64{min(2, most), min(3, most), most} {
			names := pages(ctx, p, limit)
			p.Want("names on all pages", only(names, mine...), Unordered(mine...))
		}
	})

	s.check(spec.QUE24, "with-metadata", func(ctx context.Context, p *Peer) {
		with, without := p.NewQueueWith(ctx, M{"colour": "blue", "n": 1}), p.NewQueue(ctx)

		found := M{}
		names, queues := allQueues(ctx, p, p.Limit("max_queues_per_page"), M{"detailed": true})
		for i, name := range names {
			if name == with || name == without {
				found[name] = queues[i]["metadata"]
			}
		}
		p.Want("metadata in the listing", found, Having(M{
			with: Having(M{"colour": "blue", "n": 1}), without: Having(M{}),
		}))
	})
}

// only returns those of the listed names that a case made, in their order.
func only(listed []string, made ...string) []string {
	known := map[string]bool{}
	for _, name := range made {
		known[name] = true
	}
	var names []string
	for _, name := range listed {
		if known[name] {
			names = append(names, name)
		}
	}
	return names
}

// queuePages are the cases of how a listing should go on.
func queuePages(s *suite) {
	s.checkWith(spec.QUE23, "in-the-order-of-bytes", ownProject, func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		names := []string{"b", "_", "9", "a-", "Z", "10", "a", "-", "aa"}
		for _, name := range names {
			p.Do(ctx, "queue_create", M{"queue_name": p.Odd(name)}).WantStatus(201)
		}
		slices.Sort(names)

		p.Want("names in the listing", pages(ctx, p, p.Limit("max_queues_per_page")), names)
		for _, after := range []struct{ marker, next string }{{"!", "-"}, {"0", "10"}, {"Zz", "_"}, {"aB", "aa"}} {
			p.Do(ctx, "queue_list", M{"marker": after.marker, "limit": 1}).WantStatus(200).
				Want("body.queues[*].name", L{after.next})
		}
	})

	nextMarker := Rule{NeedsOwnProject: true, Needs: []string{"next_marker"}}
	s.checkWith(spec.QUE25, "page-by-page", nextMarker.listing(2), func(ctx context.Context, p *Peer) {
		p = p.In(p.NewProject())
		made := []string{p.NewQueue(ctx), p.NewQueue(ctx), p.NewQueue(ctx), p.NewQueue(ctx), p.NewQueue(ctx)}

		var seen []string
		a := p.Do(ctx, "queue_list", M{"limit": 2}).WantStatus(200)
		for page := a.Strings("body.queues[*].name"); len(page) > 0; page = a.Strings("body.queues[*].name") {
			seen = append(seen, page...)
			p.Want("how many queues the pages name", int64(len(seen)), AtMost(int64(len(made))))
			a = p.Do(ctx, "queue_list", M{"limit": 2, "marker": a.Text("body.marker")}).WantStatus(200)
		}
		p.Want("names in all pages", seen, Unordered(made...))
	})
}
