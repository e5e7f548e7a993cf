// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// signedAccess are the cases of requests that are signed.
func signedAccess(s *suite) {
	signedRequests(s)
	signedEnds(s)
	signedForgeries(s)
	signedMethods(s)
	signedPaths(s)
	signedOtherPaths(s)
	signedQueues(s)
	signedShapes(s)
	signedScope(s)
	sharing(s)
	sharedOtherwise(s)
}

const headerSignature = "URL-Signature"

// farEnd is an end of a signature that has not come.
const farEnd = "2100-01-01T00:00:00"

// allMethods are those that an action has over HTTP.
func allMethods() []string { return []string{"GET", "POST", "PUT", "PATCH", "DELETE"} }

// signing is for a case that signs by itself.
func signing() Rule {
	return Rule{Needs: []string{"signed_requests"}, As: []identity{asKnown, asSigner}}
}

// unproved is for one that sends no good signature.
func unproved() Rule { return Rule{Needs: []string{"signed_requests"}, As: []identity{asKnown}} }

// grant is what is signed, and sent.
type grant struct {
	paths, methods L
	project        string
	end            string // as it is signed
	sent           string // as it is sent
}

// grant is one for all methods on the messages of a queue.
func (p *Peer) grant(queue string) grant {
	return grant{L{pathOf(queue, "messages")}, stringsOf(allMethods()), p.project, farEnd, farEnd}
}

// on is the grant for other paths.
func (g grant) on(paths ...any) grant {
	g.paths = paths
	return g
}

// by is the grant for other methods.
func (g grant) by(methods ...any) grant {
	g.methods = methods
	return g
}

// until is the grant with an end that is sent as it is signed.
func (g grant) until(end string) grant {
	g.end, g.sent = end, end
	return g
}

// pathOf is where a resource of a queue is found over HTTP.
func pathOf(queue, resource string) string { return "/v2/queues/" + queue + "/" + resource }

func stringsOf(list []string) L {
	values := make(L, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

// sign is the signature of a grant under the target's key, of the text as the parter
// parts it.
func (p *Peer) sign(g grant, parter string) string {
	return signature(p.scene.run.target.SigningKey, g, parter)
}

// parter is what parts the text that is signed: a backslash and an n.
const parter = `\n`

func signature(key []byte, g grant, parter string) string {
	joined := func(list L) string {
		var words []string
		for _, v := range list {
			word, _ := v.(string)
			words = append(words, word)
		}
		slices.Sort(words)
		return strings.Join(words, ",")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join([]string{joined(g.paths), joined(g.methods), g.project, g.end}, parter)))
	return hex.EncodeToString(mac.Sum(nil))
}

// headers are those of a grant with a signature.
func (g grant) headers(signature string) Option {
	return func(request M) {
		for name, value := range map[string]any{
			headerSignature: signature, "URL-Expires": g.sent, "URL-Methods": g.methods, "URL-Paths": g.paths,
		} {
			Header(name, value)(request)
		}
	}
}

// Signed are the headers of a grant that is signed as it should be.
func (p *Peer) Signed(g grant) Option { return g.headers(p.sign(g, parter)) }

func signedRequests(s *suite) {
	s.checkWith(spec.AUT50, "actions-on-messages", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		ids := p.Post(ctx, queue, "a", "b", "c", "d")
		only := func(method string) Option { return guest.Signed(p.grant(queue).by(method)) }
		body := func(more M) M {
			maps.Copy(more, M{"queue_name": queue})
			return more
		}

		guest.Do(ctx, "message_list", body(M{"echo": true}), only("GET")).WantStatus(200).Want("body.messages[*].id", ids)
		guest.Do(ctx, "message_get", body(M{"message_id": ids[0]}), only("GET")).WantStatus(200).Want("body.messages.body", "a")
		guest.Do(ctx, "message_get_many", body(M{"message_ids": L{ids[1]}}), only("GET")).WantStatus(200).
			Want("body.messages[*].body", L{"b"})
		guest.Do(ctx, "message_delete", body(M{"message_id": ids[0]}), only("DELETE")).WantStatus(204)
		guest.Do(ctx, "message_delete_many", body(M{"message_ids": L{ids[1]}}), only("DELETE")).WantStatus(204)
		guest.Do(ctx, "message_delete_many", body(M{"pop": 1}), only("DELETE")).WantStatus(200).Want("body.messages[*].body", L{"c"})
		guest.Do(ctx, "message_post", body(M{"messages": L{M{"body": "e"}}}), only("POST")).WantStatus(201)

		p.Do(ctx, "message_list", body(M{"echo": true})).Want("body.messages[*].body", L{"d", "e"})
	})

	s.checkWith(spec.AUT51, "lists-in-any-order", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		messages, claims, others := pathOf(queue, "messages"), pathOf(queue, "claims"), pathOf(queue, "subscriptions")

		for _, paths := range []L{{messages}, {others, messages, claims}, {claims, messages}, {messages, messages}} {
			for _, methods := range []L{{"GET"}, {"POST", "GET"}, {"DELETE", "GET", "POST"}} {
				g := p.grant(queue).on(paths...).by(methods...)
				guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(g)).WantStatus(200)
			}
		}
	})

	s.checkWith(spec.AUT51, "parted-by-line-feeds", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)
		g := p.grant(queue)

		guest.Do(ctx, "message_list", M{"queue_name": queue}, g.headers(guest.sign(g, "\n"))).WantError(403)
		guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(g)).WantStatus(200)
	})
}

func signedEnds(s *suite) {
	s.checkWith(spec.AUT52, "in-utc-and-elsewhere", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)

		for _, sent := range []string{farEnd, farEnd + "Z", farEnd + "+00:00", "2100-01-01T02:00:00+02:00", "2099-12-31T18:30:00-05:30"} {
			g := p.grant(queue)
			g.sent = sent
			guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(g)).WantStatus(200)
		}
	})

	s.checkWith(spec.AUT53, "past-absent-and-no-date", signing(), func(ctx context.Context, p *Peer) {
		queue, guest := p.NewQueue(ctx), p.Bare(ctx)

		for _, end := range []string{"2014-11-28T15:48:12", "1970-01-01T00:00:00", "4102444800", "tomorrow", "2100-13-01T00:00:00", ""} {
			guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(p.grant(queue).until(end))).WantError(403)
		}
		guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(p.grant(queue)), NoHeader("URL-Expires")).WantError(403)
		guest.Do(ctx, "message_list", M{"queue_name": queue}, guest.Signed(p.grant(queue))).WantStatus(200)
	})
}

func signedForgeries(s *suite) {
	refused := func(id spec.ID, slug string, forge func(p *Peer, g grant) []Option) {
		s.checkWith(id, slug, signing(), func(ctx context.Context, p *Peer) {
			queue, guest := p.NewQueue(ctx), p.Bare(ctx)
			p.Post(ctx, queue, "a")
			g := p.grant(queue)

			for _, forged := range forge(p, g) {
				guest.Do(ctx, "message_list", M{"queue_name": queue}, forged).WantError(403)
				guest.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"body": "b"}}}, forged).WantError(403)
			}
			guest.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}, guest.Signed(g)).WantStatus(200).
				Want("body.messages", Length(1))
		})
	}
	refused(spec.AUT54, "spoilt", func(p *Peer, g grant) []Option {
		good := p.sign(g, parter)
		last := map[bool]string{true: "1", false: "0"}[good[63] == '0']
		var all []Option
		for _, bad := range []string{
			good[:63], good[:32], good[:1], good[1:], good + "0", good + good, " " + good, good + "\n", good[:63] + last,
			upperOf(good), strings.Repeat("0", 64), "x", "",
		} {
			all = append(all, g.headers(bad))
		}
		return all
	})
	refused(spec.AUT54, "of-another-key", func(_ *Peer, g grant) []Option {
		return []Option{g.headers(signature([]byte("another key"), g, parter)), g.headers(signature(nil, g, parter))}
	})
	refused(spec.AUT54, "of-other-headers", func(p *Peer, g grant) []Option {
		project := g
		project.project += "x"
		hour := g
		hour.end = "2100-01-01T01:00:00"
		zone := g
		zone.end, zone.sent = "2100-01-01T02:00:00", "2100-01-01T02:00:00+02:00"
		return []Option{
			g.headers(p.sign(project, parter)), g.headers(p.sign(hour, parter)), zone.headers(p.sign(zone, parter)),
			g.headers(p.sign(g.by("GET"), parter)), g.headers(p.sign(g.on("/v2/queues/x/messages"), parter)),
		}
	})

	refused(spec.AUT61, "joined-in-another-way", func(p *Peer, g grant) []Option {
		other := g.by("GET")
		other.project = `x,POST\n` + g.project
		return []Option{g.by(`GET\nx`, "POST").headers(p.sign(other, parter))}
	})
}

// upperOf is a signature in upper case; one of digits alone, which has none, spoilt.
func upperOf(signature string) string {
	if upper := strings.ToUpper(signature); upper != signature {
		return upper
	}
	return "A" + signature[1:]
}

func signedMethods(s *suite) {
	s.checkWith(spec.AUT55, "other-methods", signing(), func(ctx context.Context, p *Peer) {
		b, guest := newBench(ctx, p), p.Bare(ctx)

		for _, c := range b.signable(p) {
			own := schema.Model().Action(c.action).Rest.Method
			some := slices.DeleteFunc(stringsOf(allMethods()), func(m any) bool { return m == own })
			for _, methods := range []L{some, {strings.ToLower(own)}, {own + " "}, {}} {
				guest.Do(ctx, c.action, c.body, guest.Signed(b.whole(p).by(methods...))).WantError(403)
			}
		}
		b.wantUntouched(ctx, p)
	})
}

// signable are the calls that a signature can permit, of what the target offers.
func (b bench) signable(p *Peer) []call {
	return slices.DeleteFunc(b.offered(p), func(c call) bool { return !schema.Model().Signable(*schema.Model().Action(c.action)) })
}

// whole is a grant for all of the bench's queue that can be shared.
func (b bench) whole(p *Peer) grant {
	return p.grant(b.queue).on(pathOf(b.queue, "messages"), pathOf(b.queue, "claims"), pathOf(b.queue, "subscriptions"))
}
