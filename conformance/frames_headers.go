// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

func framesHeaders(s *suite) {
	each := func(id spec.ID, header string) {
		s.check(id, "each-action", func(ctx context.Context, p *Peer) {
			b := newBench(ctx, p)
			for _, c := range b.offered(p) {
				p.Do(ctx, c.action, c.body, NoHeader(header)).WantError(400)
			}
			b.wantUntouched(ctx, p)
		})
	}
	each(spec.FRM62, "Client-ID")
	each(spec.FRM63, "X-Project-ID")

	for _, header := range headersOfStrings() {
		s.check(spec.FRM64, strings.ToLower(header), func(ctx context.Context, p *Peer) {
			queue := p.Name()
			for _, value := range otherKinds("zaqarwire") {
				p.Do(ctx, "queue_create", M{"queue_name": queue}, Header(header, value)).WantError(400)
			}
			p.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		})
	}

	s.check(spec.FRM64, "strings-without-effect", func(ctx context.Context, p *Peer) {
		for _, header := range []string{"User-Agent", "Date", "Accept"} {
			for _, value := range []string{"", "zaqarwire", "application/json", "\n"} {
				p.Do(ctx, "queue_list", nil, Header(header, value)).WantStatus(200)
			}
		}
	})

	s.check(spec.FRM71, "headers-in-lower-case", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, NoHeader("Client-ID"), Header("client-id", p.Client())).WantError(400)
		p.Do(ctx, "queue_list", nil, NoHeader("X-Project-ID"), Header("x-project-id", p.Project())).WantError(400)
		p.Do(ctx, "queue_list", nil, Header("client-id", 7)).WantStatus(200)
	})
}

// headersOfStrings are the known headers whose value is a string. Those of
// signed access are not among them: a server without it need not look at them.
func headersOfStrings() []string {
	return []string{"Client-ID", "X-Project-ID", "X-Auth-Token", "User-Agent", "Date", "Accept"}
}

// spellings are ways to write one UUID, the first in lower case with hyphens.
func spellings(uuid string) []string {
	bare := strings.ReplaceAll(uuid, "-", "")
	mixed := strings.ToUpper(uuid[:18]) + uuid[18:]
	return []string{uuid, bare, strings.ToUpper(uuid), strings.ToUpper(bare), mixed}
}

func framesClient(s *suite) {
	accepted := func(ctx context.Context, p *Peer, clients ...string) {
		for _, client := range clients {
			queue, q := p.Name(), p.As(client)

			q.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
			q.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": 1}}}).WantStatus(201)
			q.Do(ctx, "message_list", M{"queue_name": queue}).WantStatus(200)
			q.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(201)
		}
	}

	s.check(spec.FRM65, "each-spelling", func(ctx context.Context, p *Peer) {
		accepted(ctx, p, spellings(p.NewClient())...)
	})

	s.check(spec.FRM65, "each-version", func(ctx context.Context, p *Peer) {
		accepted(ctx, p, "5d7a1c60-97a0-11ee-8f43-0e9f0c9d3b51", "5d7a1c60-97a0-31ee-8f43-0e9f0c9d3b51",
			"5d7a1c60-97a0-71ee-8f43-0e9f0c9d3b51", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
	})

	s.check(spec.FRM66, "one-client-in-many-spellings", func(ctx context.Context, p *Peer) {
		client := spellings(p.NewClient())
		for _, poster := range client {
			queue := p.Name()
			p.As(poster).Post(ctx, queue, 1)

			for _, reader := range client {
				p.As(reader).Do(ctx, "message_list", M{"queue_name": queue}).WantStatus(200).Want("body.messages", Length(0))
			}
			p.As(p.NewClient()).Do(ctx, "message_list", M{"queue_name": queue}).Want("body.messages", Length(1))
		}
	})

	s.check(spec.FRM67, "no-uuid", func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)
		for _, client := range []string{"", "worker-1", p.Client() + "\n", p.Client()[1:], "g" + p.Client()[1:]} {
			for _, c := range b.offered(p) {
				p.As(client).Do(ctx, c.action, c.body).WantError(400)
			}
		}
		b.wantUntouched(ctx, p)
	})
}

func framesProject(s *suite) {
	accepted := func(ctx context.Context, p *Peer, project string) {
		q := p.In(project)
		queue := q.Name()
		q.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		q.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": 1}}}).WantStatus(201)
		q.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages", Length(1))
	}

	s.checkWith(spec.FRM68, "of-one-character", ownProject, func(ctx context.Context, p *Peer) {
		accepted(ctx, p, "p")
	})

	s.checkWith(spec.FRM68, "as-long-as-max-project", ownProject, func(ctx context.Context, p *Peer) {
		name := p.NewProject()
		rest := int(p.Limit("max_project")) - len(name)

		accepted(ctx, p, name+strings.Repeat("x", rest))
		accepted(ctx, p, name+strings.Repeat("é", rest)) // characters are counted, not bytes
	})

	s.checkWith(spec.FRM68, "of-other-characters", ownProject, func(ctx context.Context, p *Peer) {
		for _, ending := range []string{".x", " x", "/x", ":x", "%2f", "*", "é€😀", "\"'\\"} {
			accepted(ctx, p, p.NewProject()+ending)
		}
	})

	s.checkWith(spec.FRM69, "empty", ownProject, func(ctx context.Context, p *Peer) {
		p.In("").Do(ctx, "queue_create", M{"queue_name": p.In("").Name()}).WantError(400)
	})

	s.checkWith(spec.FRM69, "longer-than-max-project", ownProject, func(ctx context.Context, p *Peer) {
		name := p.NewProject()
		long := p.In(name + strings.Repeat("x", int(p.Limit("max_project"))+1-len(name)))

		for _, c := range newBench(ctx, p).offered(p) {
			long.Do(ctx, c.action, c.body).WantError(400)
		}
	})
}

func framesProjectsApart(s *suite) {
	s.checkWith(spec.FRM70, "queues-of-one-name", apart, func(ctx context.Context, p *Peer) {
		other := p.In(p.NewProject())
		queue := p.NewQueueWith(ctx, M{"of": "one"})

		other.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		other.Do(ctx, "queue_list", nil).WantStatus(200).Want("body.queues", Length(0))
		other.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"of": "other"}}).WantStatus(201)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).Want("body.of", "one")
		other.Do(ctx, "queue_get", M{"queue_name": queue}).Want("body.of", "other")

		other.Do(ctx, "queue_delete", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.of", "one")
		p.Do(ctx, "queue_list", nil).Want("body.queues[*].name", L{queue})
	})

	s.checkWith(spec.FRM70, "projects-that-differ-in-case", apart, func(ctx context.Context, p *Peer) {
		lower := p.NewProject() + "x"
		other := p.In(strings.ToUpper(lower))
		queue := p.In(lower).NewQueueWith(ctx, M{"of": "lower"})

		other.Do(ctx, "message_list", M{"queue_name": queue}).WantError(404)
		other.Do(ctx, "queue_create", M{"queue_name": queue, "metadata": M{"of": "upper"}}).WantStatus(201)
		p.In(lower).Do(ctx, "queue_get", M{"queue_name": queue}).Want("body.of", "lower")
	})

	s.checkWith(spec.FRM70, "messages-of-queues-of-one-name", apart.holding(2), func(ctx context.Context, p *Peer) {
		other := p.In(p.NewProject())
		queue := p.NewQueue(ctx)
		other.Do(ctx, "queue_create", M{"queue_name": queue}).WantStatus(201)
		ids := p.Post(ctx, queue, 1, 2)

		other.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).WantStatus(200).Want("body.messages", Length(0))
		other.Do(ctx, "queue_get_stats", M{"queue_name": queue}).Want("body.messages.total", 0)
		other.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
		other.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": 1}).WantStatus(200).Want("body.messages", Length(0))
		other.Do(ctx, "queue_purge", M{"queue_name": queue}).WantStatus(204)
		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[*].id", ids)
	})

	s.checkWith(spec.FRM70, "claims-of-queues-of-one-name", apart, func(ctx context.Context, p *Peer) {
		b, other := newBench(ctx, p), p.Another(ctx).In(p.NewProject())
		other.Do(ctx, "queue_create", M{"queue_name": b.queue}).WantStatus(201)
		claim := M{"queue_name": b.queue, "claim_id": b.claim}

		other.Do(ctx, "claim_get", claim).WantError(404)
		other.Do(ctx, "claim_update", claim).WantError(404)
		other.Do(ctx, "claim_delete", claim).WantStatus(204)
		b.wantUntouched(ctx, p)
	})

	s.checkWith(spec.FRM70, "names-that-look-alike-when-joined", apart, func(ctx context.Context, p *Peer) {
		ending := p.NewProject()
		other := p.In(p.Project() + "." + ending)
		p.Do(ctx, "queue_create", M{"queue_name": ending + ".q", "metadata": M{"of": "one"}}).WantStatus(201)

		other.Do(ctx, "message_list", M{"queue_name": "q"}).WantError(404)
		other.Do(ctx, "queue_create", M{"queue_name": "q", "metadata": M{"of": "other"}}).WantStatus(201)
		p.Do(ctx, "queue_get", M{"queue_name": ending + ".q"}).Want("body.of", "one")
	})
}
