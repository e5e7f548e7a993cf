// SPDX-License-Identifier: Apache-2.0

// Package conformance judges any endpoint that speaks the WebSocket protocol of
// Zaqar: it runs one case for each sentence of the specification, in each
// format, and says of each whether the sentence holds.
//
// Embed it in a test of your server:
//
//	func TestConformance(t *testing.T) {
//		conformance.Test(t, conformance.Target{URL: "ws://127.0.0.1:9000"})
//	}
//
// Or run it by [Run], as the command zaqarwire check does.
//
// # The judge shares nothing with the judged
//
// The package imports spec and schema, for the sentences, the published JSON
// Schemas and the limits, and never the codec or the server. It reads replies
// with a strict JSON and MessagePack reader of its own.
//
// # Where what is
//
//   - Cases: frames*.go, auth*.go, signed*.go, queues*.go, messages*.go and claims*.go, after the chapters of
//     spec; bench.go has one request of each action for those that need them all.
//     negatives*.go makes cases of the schema; random*.go and history*.go play
//     histories against the model of a queue, model*.go.
//
//   - What a case acts through: peer.go, identity.go, receive.go, answer.go, match.go, handshake.go;
//     raw*.go for frames by hand.
//
//   - What all replies are held to: judge.go, shapes.go, rules.go, with the reader in
//     read_*.go.
//
//   - A run: options.go, target.go, profile.go and suite.go say what is run; run.go,
//     lanes.go and wait.go run it, each case in a scene.go; janitor.go and journal.go
//     remove what it made; verdict.go, result.go and baseline.go say what came of it.
//
//   - Transcripts: transcript.go, print.go, mark.go and secrets.go; tape.go and replay.go
//     play them back.
//
// # How to write a case
//
// A case lives in the file of its chapter (claims.go for spec/claims.md) and is
// a function that reads top-down: rule, stimulus, verdict.
//
//	func claims(s *suite) {
//		s.check(spec.CLM3, "claiming-from-an-empty-queue", func(ctx context.Context, p *Peer) {
//			queue := p.NewQueue(ctx)
//
//			p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(204)
//		})
//	}
//
// The first argument is the requirement it judges. The second is its slug, in
// kebab-case, unique within the requirement; the case's id is both,
// CLM-3/claiming-from-an-empty-queue, and is never changed or used again.
// The case is run once in each format, on a connection of its own: in JSON, in
// MessagePack and, but for most cases about frames, mixed: then [Peer.Format] is
// the encoding of the next request, and changes when it is sent. Cases of other
// chapters, and in other formats, run at the same time, in other projects.
//
// The rules that keep a case replayable, exportable and independent:
//
//   - It acts only through its [Peer], and judges only through the Want methods
//     of [Peer], [Raw], [Answer] and [Handshake]. No t.Fatal, no gomega.Expect, no
//     if around a Want, but on [Peer.ReceiveOrClosed] and [Handshake.Opened]: there
//     the sentence permits the other outcome.
//
//   - It makes its own queues, under names from [Peer.Name] or [Peer.NewQueue].
//     It shares no variable with another case and depends on no order.
//
//   - It never sleeps and never asks the clock. What has to wait is a waiting
//     case, see below.
//
//   - It lists every outcome that the sentence permits: WantStatus(200, 404).
//
//   - [Peer.NewQueue], [Peer.Post] and [Peer.Claim] are for what it only prepares; their
//     failures say so. What it judges it asks by [Peer.Do].
//
//   - What [Peer.Do] already judges is not repeated: exactly one reply, of the
//     same kind of message, readable by the strict reader, in the published
//     shape of the action, with a value-equal echo. A failure of these cites
//     its own requirement, not the case's.
//
//   - Limits are asked for, not written down: p.Limit("max_message_ttl").
//
//   - No error text is compared. [Answer.WantError] checks status and shape.
//
//   - What the schema says of a field is judged without a case of yours: those about
//     types, absent fields, elements and bytes are made from it (negatives.go), and a
//     test names every rule that no case judges.
//
//   - A case about a refusal sends an accepted twin, then the twin with one
//     change, and proves that nothing was stored and that the connection lives.
//
// For example:
//
//	s.check(spec.MSG4, "ttl-below-the-minimum", func(ctx context.Context, p *Peer) {
//		queue := p.NewQueue(ctx)
//		post := func(ttl any) *Answer {
//			return p.Do(ctx, "message_post", M{"queue_name": queue, "messages": L{M{"ttl": ttl, "body": 1}}})
//		}
//		least := p.Limit("min_message_ttl")
//
//		post(least).WantStatus(201)
//		post(least - 1).WantError(400)
//
//		p.Do(ctx, "message_list", M{"queue_name": queue, "echo": true}).Want("body.messages", Length(1))
//	})
//
// # Values and paths
//
// Any Go integer, float, string, slice or map may be written; read values are
// nil, bool, int64, uint64 (only above the largest int64), float64, string,
// []any (L) and map[string]any (M). Integers and floats are never equal.
//
// A path begins at the reply: headers.status, body.messages[0].ttl,
// request.body.queue_name; body.messages[*].id is the list of them all.
// Want(path, want) takes a value, one of [OneOf], [Between], [AtLeast], [AtMost],
// [Length], [Matching], [AnyString], [Unordered], [Having], [Each] and [Not], or
// any gomega matcher.
//
// # Waiting cases
//
// What needs time to pass is armed before the first case runs, and judged last,
// so that all waits overlap; with a target whose clock can be moved nobody
// waits at all:
//
//	s.wait(spec.CLM10, "after-the-ttl", func(ctx context.Context, p *Peer) []Step {
//		queue := p.NewQueue(ctx)
//		p.Post(ctx, queue, "a")
//		p.Do(ctx, "claim_create", M{"queue_name": queue, "ttl": 60}).WantStatus(201)
//
//		claim := func(status int) func(context.Context) {
//			return func(ctx context.Context) {
//				p.Do(ctx, "claim_create", M{"queue_name": queue}).WantStatus(status)
//			}
//		}
//		return []Step{
//			{At: 50 * time.Second, Until: 59 * time.Second, Do: claim(204)},
//			{At: 62 * time.Second, Do: claim(201)},
//		}
//	})
//
// At counts from the end of the arming, Until from its begin: a step that is
// done later than Until proves nothing, and makes the case untested.
//
// # Frames by hand
//
// What a WebSocket library would not send needs a connection whose frames the case
// writes by itself. [Peer.Raw] opens one; it does all that a Peer does, and more:
//
//	r := p.Raw(ctx)
//	r.Do(ctx, "queue_list", nil).WantStatus(200)
//
//	r.Break(ctx, Frame{Opcode: PingFrame, Unmasked: true})
//	r.WantClosed(ctx)
//
// [Peer.Open] sends an opening handshake line by line. Over such connections the
// frames of the target are held to RFC 6455, too (FRM-73), until the case breaks it.
//
// # Identities
//
// Where the target asks for tokens, each connection is let in below the transcript, as
// the project of its peer, and again when [Peer.In] changes that. A case about
// authentication itself opens a connection with [Peer.Bare], and names in its Rule
// whom it has to come as (As); [Peer.Token], [Peer.Ending], [Peer.Lasting] and
// [Peer.Stranger] give what it names:
//
//	s.checkWith(spec.AUT15, "a-bad-one-first", ofKnown, func(ctx context.Context, p *Peer) {
//		bare := p.Bare(ctx)
//		bare.Do(ctx, authenticate, nil, token("x"+p.Token())).WantError(401)
//		bare.Do(ctx, authenticate, nil, token(p.Token())).WantStatus(200)
//	})
//
// # Rules of a case
//
// s.checkWith and s.waitWith take a [Rule]: what a case needs besides a target. What
// the target is declared to lack (Needs) or to allow too little of (Least) makes the
// case not applicable; nothing that happens in the case does. Formats and Timeout are
// only for cases that the usual ones do not suit. Labels are for --label; level,
// chapter, waiting and what the requirement is about are labels without being given.
//
// # Made cases and histories
//
// Two kinds of cases are not written one by one. Negatives and boundaries are made
// from the schema (negatives.go). Histories (random.go, history.go) hold many requests
// to the model of a queue (model.go), one after another or by 64 clients at once; what
// fails is made shorter until it can be read, and its seed is played first next time.
//
// # Transcripts
//
// A verdict is made of a case and its transcript alone: [Replay] plays the saved one
// back instead of a target (tape.go). So a case must do the same whenever the same
// comes back; one that cannot is Live.
//
// # Who judges the cases
//
// Each case has to fail for its own rule on one of the faulty servers in the package
// mutants, else make selftest fails.
//
// # Names and projects
//
// All queues of a case are deleted when it ends. A case whose names cannot
// carry the run's prefix, or that needs a second project, is registered with
// s.checkWith(id, slug, Rule{NeedsOwnProject: true}, fn): it is not applicable
// when the user names a project. See [Peer.Odd], [Peer.Leave] and
// [Peer.NewProject].
package conformance
