// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"

	"github.com/onsi/gomega/types"
)

// Question is what a case asked of a reply, as data. Transcripts of [Record] hold them.
type Question struct {
	What Asking
	// Of is the line of the transcript that holds the reply, from 0; -1 for what the case
	// worked out of several.
	Of int
	// Path is the place in the reply, or what was worked out, in words.
	Path string
	// Want is the permitted statuses of OfStatus, a value or a Matcher; of OfReply the
	// action that it answers, and of OfProbe the queue that its echo has to name.
	Want any
	// Got is what the case worked out; of OfReply whether the echo is known.
	Got any
}

// Asking is a kind of question.
type Asking string

// The kinds of questions.
const (
	OfReply  Asking = "reply"  // all that replies are held to
	OfProbe  Asking = "probe"  // that it is the reply to the request before it, and no more
	OfStatus Asking = "status" // its status is one of several
	OfValue  Asking = "value"
	OfAbsent Asking = "absent" // there is nothing at the path
	// LeftOnPurpose is no question: the queue at Path must not be deleted; see Peer.Leave.
	LeftOnPurpose Asking = "left on purpose"
	Freely        Asking = "freely" // the case looked without judging: what it does next may depend on it
)

// Record runs the cases that do not wait, and keeps all transcripts, with the questions
// in them. It may be called more than once in a process.
func Record(ctx context.Context, o Options) (Result, error) {
	o.Fast, o.KeepTranscripts, o.recording = true, true, true
	return execute(ctx, o, silent{}, func(ctx context.Context, cases []one, judge func(context.Context, one) CaseResult) {
		for _, o := range cases {
			judge(ctx, o)
		}
	})
}

// ask is check for a question about a reply, if somebody records them.
func (a *Answer) ask(helper string, q Question, expected string) {
	q.Of = a.line
	a.scene.ask(helper, q, expected)
}

func (s *scene) ask(helper string, q Question, expected string) {
	n := s.check(helper, q.Path, expected)
	if !s.run.recording {
		return
	}
	if _, foreign := q.Want.(types.GomegaMatcher); !foreign {
		if want, err := normal(q.Want); err == nil {
			q.Want = want
		}
		s.question(n, q)
	}
}

// read records that a case takes something out of a reply, of a type that is judged;
// freely if it is not.
func (a *Answer) read(q Question) {
	if a.scene.run.recording {
		a.ask("Read", q, "")
	}
}

// judged records that a reply was held to what q says.
func (a *Answer) judged(q Question) {
	if a.scene.run.recording {
		q.Of = a.line
		a.scene.question(a.line, q)
	}
}

func (s *scene) question(line int, q Question) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines[line].Question = &q
}

// Op is the name of what a Matcher permits, for a program; empty if it has none. Args are
// what it was made of: values, and other Matchers.
func (m Matcher) Op() (name string, args []any) { return m.op, m.args }

// has permits every value of a kind: "string", "map", or "value" for each.
func has(kind string) Matcher {
	return Matcher{op: "kind", args: L{kind}, text: "a value of kind " + kind, match: func(v any) bool {
		_, isText := v.(string)
		_, isMap := v.(M)
		return v != absent && (kind == "value" || kind == "string" && isText || kind == "map" && isMap)
	}}
}

// ValueIn reads what stands at a path of a message, as [Answer.Want] finds it.
func ValueIn(message any, path string) (v any, there bool) {
	v = lookup(message, path)
	return v, v != absent
}

// Decode reads a message as the judge does: strictly.
func Decode(kind Kind, message []byte) (any, error) { return read(kind.format(), message) }

// Encode writes a value as cases do.
func Encode(kind Kind, v any) ([]byte, error) { return write(kind.format(), v) }

// Normal turns any value that a case may write into one of the judge's.
func Normal(v any) (any, error) { return normal(v) }
