// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"fmt"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// object is a map of a vector file.
type object = map[string]any

// step is one thing that a runner does. Its keys are those of the published schema.
type step object

// teller makes steps of the transcript of one case.
type teller struct {
	values
	steps   []step
	numbers map[int]int // of the replies from 1, by their line
}

// unfit is why a case cannot be told as steps.
type unfit string

func (u unfit) Error() string { return string(u) }

// The reasons why a case is no vector, besides what a run says itself.
const (
	errByHand   unfit = "it writes frames or handshakes by hand, closes connections or looks at how they end"
	errSteered  unfit = "what it does depends on what came"
	errDerived  unfit = "it judges what it works out of several replies"
	errUnasked  unfit = "it takes messages that no request asked for"
	errSecret   unfit = "its messages carry credentials"
	errLong     unfit = "a message of it is longer than transcripts keep"
	errParallel unfit = "it plays histories, or many clients at once"
	errWaits    unfit = "it needs time to pass"
)

// tell makes the steps of a case, given which strings of a reply its server made up.
func tell(r conformance.CaseResult, madeUp func(string) bool) ([]step, error) {
	t := &teller{values: values{made: map[string]reference{}, madeUp: madeUp}, numbers: map[int]int{}}
	for n, l := range r.Transcript {
		if err := t.line(n, l); err != nil {
			return t.steps, err
		}
	}
	return t.steps, nil
}

func (t *teller) line(n int, l conformance.Line) error {
	switch {
	case l.Redacted || l.Withheld == "it carries credentials" || l.Withheld == "it may carry credentials":
		return errSecret
	case l.Withheld != "":
		return errLong
	case l.Dir == conformance.Remark:
		return errByHand
	case l.Dir == conformance.Outgoing:
		return t.send(l)
	case l.Dir == conformance.Incoming:
		return t.receive(n, l)
	case l.Question == nil && l.Short == aliveAsked:
		return nil // what it asks is the probe that follows
	case l.Question == nil:
		return errByHand
	}
	return t.asked(*l.Question)
}

// aliveAsked is how a transcript shows WantAlive.
const aliveAsked = "WantAlive reply: the next reply is that to the next request"

func (t *teller) send(l conformance.Line) error {
	if l.Question != nil {
		return errByHand
	}
	frame, err := t.frame(l.Kind, l.Message())
	if err != nil {
		return err
	}
	if frame == nil {
		frame = []any{} // an empty message
	}
	t.steps = append(t.steps, step{"send": l.Conn, kindKey(l.Kind): frame})
	return nil
}

// kindKey is the key of a frame of a kind.
func kindKey(k conformance.Kind) string {
	if k == conformance.Binary {
		return "binary"
	}
	return "text"
}

func (t *teller) receive(n int, l conformance.Line) error {
	q := l.Question
	if q == nil {
		return errUnasked
	}
	message, err := conformance.Decode(l.Kind, l.Message())
	if err != nil {
		return fmt.Errorf("read a reply that passed: %w", err)
	}
	number := len(t.numbers) + 1
	t.numbers[n] = number
	s := step{"receive": l.Conn}
	if q.What == conformance.OfProbe {
		s["probe"] = q.Want
	} else {
		s["action"], s["echo"] = q.Want, q.Got
	}
	t.steps = append(t.steps, s)
	body, _ := conformance.ValueIn(message, "body")
	t.learn(number, "body", body)
	return nil
}

// asked adds a question to the step that received the reply if it was the last, and
// makes a step of its own of it otherwise.
func (t *teller) asked(q conformance.Question) error {
	if q.What == conformance.Freely {
		return errSteered
	}
	if q.What == conformance.LeftOnPurpose {
		return nil
	}
	if q.Of < 0 {
		return errDerived
	}
	number, known := t.numbers[q.Of]
	if !known {
		return errByHand
	}
	e, err := t.expectation(q)
	if err != nil {
		return err
	}
	last := t.steps[len(t.steps)-1]
	if _, sends := last["send"]; sends || number != len(t.numbers) {
		if last["look"] != number {
			t.steps = append(t.steps, step{"look": number})
			last = t.steps[len(t.steps)-1]
		}
	}
	expected, _ := last["expect"].([]any)
	last["expect"] = append(expected, e)
	return nil
}

func (t *teller) expectation(q conformance.Question) (object, error) {
	if q.What == conformance.OfAbsent {
		return object{"path": q.Path, "absent": true}, nil
	}
	want := q.Want
	if permitted, several := want.([]any); q.What == conformance.OfStatus && several {
		want = conformance.OneOf(permitted...)
	}
	is, err := t.pattern(want)
	return object{"path": q.Path, "is": is}, err
}
