// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// judge holds one reply to the rules that all replies share. Each that is
// broken cites its own requirement.
func (s *scene) judge(r *Sent, a *Answer) {
	if a.kind != r.kind {
		a.fail(Failure{
			Requirement: ruleKind, Symptom: BadShape, Path: "reply",
			Expected: "a " + r.kind.String() + " message", Actual: "a " + a.kind.String() + " message",
		})
	}
	a.judged(Question{What: OfReply, Want: r.action, Got: r.echo != nil})
	a.wantReadable()
	a.judgeEnvelope()
	if echo, ok := a.at("request").(M); ok && r.echo != nil {
		a.judgeEcho(r, echo)
	}
	s.judgeBody(r, a)
}

// wantReadable judges that the strict reader could read the reply.
func (a *Answer) wantReadable() {
	if a.err != nil {
		a.fail(Failure{
			Requirement: ruleReadable, Symptom: BadShape, Path: "reply",
			Expected: "one well-formed value of " + a.kind.format().String(), Actual: a.err.Error(),
		})
	}
}

func (a *Answer) judgeEnvelope() {
	status, isInt := a.at("headers.status").(int64)
	_, echoes := a.at("request").(M)
	for _, part := range []struct {
		ok             bool
		path, expected string
	}{
		{echoes, "request", "a map"},
		{isInt && 100 <= status && status <= 599, "headers.status", "an integer from 100 to 599"},
		{a.at("body") != absent, "body", "any value"},
	} {
		if !part.ok {
			a.fail(Failure{
				Requirement: ruleEnvelope, Symptom: BadShape, Path: part.path,
				Expected: part.path + " = " + part.expected, Actual: assign(part.path, printed(a.at(part.path))),
			})
		}
	}
}

func (a *Answer) judgeEcho(r *Sent, got M) {
	if sameEcho(got, r.echo) || r.action == authenticate && sameEcho(got, emptyEcho(r.echo)) {
		return
	}
	if isHollow(r.echo["headers"]) && sameEcho(got, setting(r.echo, "headers", M{})) {
		return
	}
	path, want, actual := difference(r.echo, withoutSecrets(got), "request")
	rule := ruleEcho
	switch {
	case path == "request.api":
		rule = ruleAPI
	case r.bare[path]:
		rule = ruleEmptyEcho
	}
	f := Failure{
		Requirement: rule, Symptom: BadValue, Path: path,
		Expected: assign(path, printed(want)), Actual: assign(path, printed(actual)),
	}
	a.fail(f.apart(want, actual, path))
}

// emptyEcho is an echo whose body and headers are empty (AUT-6).
func emptyEcho(echo M) M { return setting(setting(echo, "body", M{}), "headers", M{}) }

// hollow are headers that are no map, and may yet be echoed as an empty one (FRM-83).
func hollow() L { return L{L{}, "", 0, false} }

func isHollow(headers any) bool {
	return slices.ContainsFunc(hollow(), func(h any) bool { return equal(h, headers) })
}

// judgeBody holds the body to the error rule and to the published schema.
func (s *scene) judgeBody(r *Sent, a *Answer) {
	_, isError := a.at("body.error").(string)
	_, isException := a.at("body.exception").(string)
	if a.status() >= 400 {
		if !isError && !isException {
			a.fail(Failure{
				Requirement: ruleErrorBody, Symptom: BadShape, Path: "body",
				Expected: "body = a map with a string in error or in exception",
				Actual:   assign("body", printed(a.at("body"))),
			})
		}
		return
	}
	if bad := s.run.shapes.check(r.action, a.status(), a.value); bad != nil {
		a.fail(*bad)
	}
}

// sameEcho compares the four keys of an echo, less the credentials that a server
// should leave out: whether it does is the business of FRM-33. A server may add
// keys (FRM-41).
func sameEcho(got, want M) bool {
	return equal(withoutSecrets(got), want)
}

func withoutSecrets(echo M) M {
	known := M{}
	for _, key := range []string{"action", "body", "headers", "api"} {
		if v, ok := echo[key]; ok {
			known[key] = v
		}
	}
	if headers, ok := known["headers"].(M); ok {
		known["headers"] = withoutCredentials(headers)
	}
	return known
}

// difference is the first place where got is not what is wanted.
func difference(want, got any, path string) (string, any, any) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return path, want, got
		}
		keys := maps.Clone(w)
		maps.Copy(keys, g)
		for _, k := range sortedKeys(keys) {
			inW, inG := at(w, k), at(g, k)
			if inW == absent && inG == absent || inW != absent && inG != absent && equal(inW, inG) {
				continue
			}
			return difference(inW, inG, path+"."+k)
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return path, want, got
		}
		for i := range w {
			if !equal(w[i], g[i]) {
				return difference(w[i], g[i], fmt.Sprintf("%s[%d]", path, i))
			}
		}
	}
	return path, want, got
}

// apart tells two values apart that print alike because both were cut.
func (f Failure) apart(want, got any, path string) Failure {
	if strings.TrimSpace(f.Expected) != strings.TrimSpace(f.Actual) {
		return f
	}
	place, w, g := difference(want, got, path)
	ws, wIs := w.(string)
	gs, gIs := g.(string)
	if !wIs || !gIs {
		f.Expected += fmt.Sprintf("; there %s is %s", place, printed(w))
		f.Actual += fmt.Sprintf("; there %s is %s", place, printed(g))
		return f
	}
	wr, gr := []rune(ws), []rune(gs)
	i := 0
	for i < len(wr) && i < len(gr) && wr[i] == gr[i] {
		i++
	}
	around := func(r []rune) string {
		return fmt.Sprintf("%q of %d characters", string(r[max(0, i-12):min(len(r), i+24)]), len(r))
	}
	f.Expected = fmt.Sprintf("%s has … %s … around character %d", place, around(wr), i)
	f.Actual = fmt.Sprintf("%s has … %s … there", place, around(gr))
	return f
}

// differingItems says which items of two lists are not in the other, empty if
// either is no list or they only stand in another order.
func differingItems(want, got any) string {
	w, wIs := want.(L)
	g, gIs := got.(L)
	if !wIs || !gIs || len(w)+len(g) < 3 {
		return ""
	}
	var words []string
	for _, one := range []struct {
		of, in L
		word   string
	}{{g, w, "not wanted"}, {w, g, "missing"}} {
		rest := slices.Clone(one.in)
		var only L
		for _, v := range one.of {
			if i := slices.IndexFunc(rest, func(r any) bool { return equal(r, v) }); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
			} else {
				only = append(only, v)
			}
		}
		if len(only) > 0 {
			words = append(words, one.word+" "+printer{cut: true}.list(only[:min(3, len(only))])+
				few(len(only)-3))
		}
	}
	return strings.Join(words, " and ")
}

func few(more int) string {
	if more <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", more)
}

func at(m M, key string) any {
	if v, ok := m[key]; ok {
		return v
	}
	return absent
}

// verdictOf is what breaking a requirement means for a case.
func verdictOf(id spec.ID) Verdict {
	if r, ok := spec.Get(id); ok && r.Level != spec.Must {
		return Warn
	}
	return Fail
}
