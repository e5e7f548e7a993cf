// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"maps"

	"github.com/zaqarwire/zaqarwire/spec"
)

// messages are the cases of spec/messages.md.
func messages(s *suite) {
	messagePost(s)
	messagePostRefused(s)
	messageDefaults(s)
	messageSize(s)
	messagesOfALargeReply(s)
	messageValues(s)
	messageOfOneFormat(s)
	messageDelay(s)
	messageDelays(s)
	messageLook(s)
	messageLife(s)
	messageList(s)
	messageListHides(s)
	messagePages(s)
	messageGet(s)
	messageGetMany(s)
	messageScope(s)
	messageDelete(s)
	messageDeleteMany(s)
	messageDeleteManyClaimed(s)
	messagePop(s)
	negatives(s, "messages")
}

// listed is a message_list of all that no claim holds, the client's own
// messages too, as far as one page goes. More changes its arguments.
func listed(ctx context.Context, p *Peer, queue string, more M) *Answer {
	body := M{"queue_name": queue, "echo": true, "limit": p.Limit("max_messages_per_page")}
	maps.Copy(body, more)
	return p.Do(ctx, "message_list", body).WantStatus(200)
}

// got is a message_get of a message that is there.
func got(ctx context.Context, p *Peer, queue, id string) *Answer {
	return p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": id}).WantStatus(200).Want("body.messages.id", id)
}

// doAs is Do in a format of its own, whatever the case's is.
func doAs(ctx context.Context, p *Peer, f Format, action string, body M) *Answer {
	data, err := write(f, p.Request(action, body))
	if err != nil {
		p.scene.give(Untested, "cannot encode the request: "+err.Error())
	}
	return p.DoFrame(ctx, f.kind(), data)
}

// placeholder stands in a request for bytes that spliced puts there.
const placeholder = "@placeholder@"

// spliced is a request of the case's format with encoded in the place of the
// placeholder: for values, and encodings of values, that the suite never writes.
func spliced(p *Peer, action string, body M, encoded string) []byte {
	return bytes.Replace(p.Encode(p.Request(action, body)), p.Encode(placeholder), []byte(encoded), 1)
}

// wantGone judges that no action returns the message gone, and that those left,
// the only others of the queue, are there. It removes them.
func wantGone(ctx context.Context, p *Peer, queue, gone string, left []string) {
	all := M{"queue_name": queue, "limit": p.Limit("max_messages_per_claim_or_pop")}

	listed(ctx, p, queue, nil).Want("body.messages[*].id", left)
	listed(ctx, p, queue, M{"include_claimed": true, "marker": ""}).Want("body.messages[*].id", left)
	p.Do(ctx, "message_get", M{"queue_name": queue, "message_id": gone}).WantError(404)
	p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": append([]string{gone}, left...)}).
		WantStatus(200).Want("body.messages[*].id", left)
	stats := p.Do(ctx, "queue_get_stats", M{"queue_name": queue}).WantStatus(200)
	p.Want("the messages in queue_get_stats", endsOf(stats), Each(Not(gone)))

	a := p.Do(ctx, "claim_create", all).WantStatus(201, 204)
	claimed, id := leased(a)
	p.Want("the messages of claim_create", claimed, left)
	p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": id}).WantStatus(204)
	p.Do(ctx, "message_delete_many", M{"queue_name": queue, "pop": all["limit"]}).WantStatus(200).
		Want("body.messages[*].id", left)
}

// leased is what a claim_create leased; with status 204 that is nothing, and the
// claim one that there cannot be.
func leased(a *Answer) (ids []string, claim string) {
	if a.Status() == 204 {
		return []string{}, "none"
	}
	return a.IDs(), a.Text("body.claim_id")
}

// endsOf are the ids that a queue_get_stats shows: it may show the first and the
// last message, or none.
func endsOf(stats *Answer) []string {
	ids := []string{}
	for _, path := range []string{"body.messages.oldest.id", "body.messages.newest.id"} {
		if stats.Has(path) {
			ids = append(ids, stats.Text(path))
		}
	}
	return ids
}

// textOrNull permits every string, and null.
func textOrNull() Matcher {
	return Matcher{op: "any_of", args: L{nil, has("string")}, text: "a string or null", match: func(v any) bool {
		_, ok := v.(string)
		return ok || v == nil
	}}
}

// looks is how a reply has to describe a message that was posted just now.
func looks(id string, ttl, body, claim any) Matcher {
	return Having(M{"id": id, "ttl": ttl, "age": Between(0, 30), "body": body, "claim_id": claim})
}

// unshaped is a request that has to be answered with status 200 or 201. Its reply
// is not held to the schema of the action, so that what a message looks like is
// judged by MSG-18 alone.
func unshaped(ctx context.Context, p *Peer, action string, body M) *Answer {
	return doAs(ctx, p, p.Format(), action, body).WantStatus(200, 201)
}

// messageLook are the cases of what a message looks like.
func messageLook(s *suite) {
	s.check(spec.MSG18, "of-a-free-message", func(ctx context.Context, p *Peer) {
		queue, ttl, body := p.NewQueue(ctx), p.Limit("max_message_ttl")-1, M{"text": "käse", "list": L{1, nil}}
		id := p.PostMessages(ctx, queue, M{"ttl": ttl, "body": body})[0]
		want := looks(id, ttl, body, textOrNull())

		unshaped(ctx, p, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages[0]", want)
		unshaped(ctx, p, "message_get", M{"queue_name": queue, "message_id": id}).Want("body.messages", want)
		unshaped(ctx, p, "message_get_many", M{"queue_name": queue, "message_ids": L{id}}).Want("body.messages[0]", want)
	})

	s.check(spec.MSG18, "of-a-claimed-message", func(ctx context.Context, p *Peer) {
		queue, ttl := p.NewQueue(ctx), p.Limit("max_message_ttl")-1
		id := p.PostMessages(ctx, queue, M{"ttl": ttl, "body": nil})[0]
		a := unshaped(ctx, p, "claim_create", M{"queue_name": queue})
		claim := a.Text("body.claim_id")
		want := looks(id, AtLeast(ttl), nil, textOrNull())

		a.Want("body.messages[0]", looks(id, AtLeast(ttl), nil, claim))
		unshaped(ctx, p, "claim_get", M{"queue_name": queue, "claim_id": claim}).
			Want("body.messages[0]", looks(id, AtLeast(ttl), nil, claim))
		all := M{"queue_name": queue, "echo": true, "include_claimed": true, "marker": ""}
		unshaped(ctx, p, "message_list", all).Want("body.messages[0]", want)
		unshaped(ctx, p, "message_get", M{"queue_name": queue, "message_id": id}).Want("body.messages", want)
		unshaped(ctx, p, "message_get_many", M{"queue_name": queue, "message_ids": L{id}}).Want("body.messages[0]", want)
	})

	s.checkWith(spec.MSG19, "the-claim-that-holds-it", Rule{}.holding(2), func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		ids := p.Post(ctx, queue, "claimed", "free")
		claim, _ := p.Claim(ctx, queue, M{"limit": 1})

		listed(ctx, p, queue, M{"include_claimed": true, "marker": ""}).Want("body.messages[*].claim_id", L{claim, nil})
		p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).
			Want("body.messages[*].claim_id", L{claim, nil})
		got(ctx, p, queue, ids[0]).Want("body.messages.claim_id", claim)
		got(ctx, p, queue, ids[1]).Want("body.messages.claim_id", nil)
		p.Do(ctx, "claim_delete", M{"queue_name": queue, "claim_id": claim}).WantStatus(204)
		got(ctx, p, queue, ids[0]).Want("body.messages.claim_id", nil)
	})
}

// messageLife are the cases in which a message ages.
func messageLife(s *suite) {
	s.wait(spec.MSG20, "while-it-ages", func(ctx context.Context, p *Peer) []Step {
		queue, newest := p.NewQueue(ctx), int64(0)
		id := lasting(ctx, p, queue, "ageing")[0]
		// aged judges the age, as each action gives it, some seconds after the
		// posting. A server that counts whole seconds may be one off at both ends.
		aged := func(ctx context.Context, from, to int64) {
			age := func(a *Answer, path string) {
				a.Want(path, Between(max(from-1, newest), to+1))
				newest = a.Int(path)
			}
			age(got(ctx, p, queue, id), "body.messages.age")
			age(listed(ctx, p, queue, nil), "body.messages[0].age")
			many := p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": L{id}}).WantStatus(200)
			age(many, "body.messages[0].age")
			lease := claimed(ctx, p, queue, 1)
			age(lease, "body.messages[0].age")
			held := M{"queue_name": queue, "claim_id": lease.Text("body.claim_id")}
			age(p.Do(ctx, "claim_get", held).WantStatus(200), "body.messages[0].age")
			p.Do(ctx, "claim_delete", held).WantStatus(204)
		}
		return []Step{
			{At: seconds(5), Do: func(ctx context.Context) { aged(ctx, 5, p.Limit("max_message_ttl")) }},
			{At: seconds(50), Until: seconds(59), Do: func(ctx context.Context) { aged(ctx, 50, 59) }},
		}
	})

	s.waitWith(spec.MSG20, "of-a-dead-letter", buries(), func(ctx context.Context, p *Peer) []Step {
		queue, morgue := mortal(ctx, p, 1)
		id := lasting(ctx, p, queue, "ageing")[0]
		claimAndRelease(ctx, p, queue)

		return []Step{{At: seconds(6), Do: func(ctx context.Context) {
			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
			moved := p.Do(ctx, "message_get", M{"queue_name": morgue, "message_id": id}).WantStatus(200, 404)
			if moved.Status() == 200 { // and not under an id of its own, as of another message (CLM-37)
				moved.Want("body.messages.age", AtLeast(5))
			}
		}}}
	})

	s.waitWith(spec.MSG21, "under-every-action", Rule{}.holding(2), func(ctx context.Context, p *Peer) []Step {
		queue, ttl, most := p.NewQueue(ctx), life(p, "min_message_ttl"), p.Limit("max_message_ttl")
		ids := p.PostMessages(ctx, queue, M{"ttl": most, "body": 0}, M{"ttl": ttl, "body": "short"}, M{"ttl": most, "body": 2})

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			wantGone(ctx, p, queue, ids[1], []string{ids[0], ids[2]})
		}}}
	})

	s.wait(spec.MSG21, "the-only-message", func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_message_ttl")
		id := p.PostMessages(ctx, queue, M{"ttl": ttl, "body": "short"})[0]

		return []Step{{At: seconds(ttl) + late, Do: func(ctx context.Context) {
			wantGone(ctx, p, queue, id, []string{})
		}}}
	})

	s.waitWith(spec.MSG22, "until-its-ttl", Rule{}.holding(2).naming(3), func(ctx context.Context, p *Peer) []Step {
		queue, ttl := p.NewQueue(ctx), life(p, "min_message_ttl")
		short, longer := M{"ttl": ttl, "body": "short"}, M{"ttl": ttl + 1, "body": "longer"}
		ids := p.PostMessages(ctx, queue, short, longer, short)

		return []Step{{At: seconds(ttl) + 2*early, Until: seconds(ttl - 1), Do: func(ctx context.Context) {
			listed(ctx, p, queue, nil).Want("body.messages[*].id", ids)
			p.Do(ctx, "message_get_many", M{"queue_name": queue, "message_ids": ids}).WantStatus(200).
				Want("body.messages[*].id", ids)
			got(ctx, p, queue, ids[0])
			claimed(ctx, p, queue, 3).Want("body.messages[*].id", ids)
		}}}
	})

	s.wait(spec.MSG22, "whatever-becomes-of-its-claim", func(ctx context.Context, p *Peer) []Step {
		queue, ttl, grace := p.NewQueue(ctx), life(p, "min_claim_ttl"), p.Limit("min_claim_grace")
		id := lasting(ctx, p, queue, "leased for less than it was")[0]
		longer, more := min(ttl+20, p.Limit("max_claim_ttl")), min(grace+20, p.Limit("max_claim_grace"))
		claim, _ := p.Claim(ctx, queue, M{"ttl": longer, "grace": more})
		p.Do(ctx, "claim_update", M{"queue_name": queue, "claim_id": claim, "ttl": ttl, "grace": grace}).WantStatus(204)
		got(ctx, p, queue, id).Want("body.messages.ttl", AtLeast(p.Limit("max_message_ttl")))

		kept := seconds(max(longer+more, p.Limit("max_message_ttl")))
		return []Step{{At: seconds(ttl+grace) + late, Until: kept + early, Do: func(ctx context.Context) { got(ctx, p, queue, id) }}}
	})
}
