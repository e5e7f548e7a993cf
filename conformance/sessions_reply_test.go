// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"slices"
	"strings"
)

const silence, sameRequest = "(no reply)", "(as sent)"

// heard is a reply as a session writes it down.
func (s *session) heard(sent any, got event) string {
	if got.data == nil {
		return silence
	}
	v, err := read(got.kind.format(), got.data)
	if err != nil {
		s.t.Fatalf("reply %q: %v", got.data, err)
	}
	reply, _ := v.(M)
	named, _ := s.named("", v).(M)
	if echo, ok := reply["request"].(M); ok && echoOf(sent) != nil && sameEcho(echo, echoOf(sent)) {
		named["request"] = sameRequest
	}
	text, err := write(JSON, named)
	if err != nil {
		s.t.Fatalf("a reply that JSON cannot hold: %v", err)
	}
	if got.kind == Binary {
		return "bin " + string(text)
	}
	return string(text)
}

// varies are the keys whose values no two runs share, and what stands for them.
var varies = map[string]string{"id": "$id", "message_ids": "$id", "claim_id": "$claim", "age": "$age", "created": "$date"}

// named is v with a name for everything that varies.
func (s *session) named(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := M{}
		for _, k := range sortedKeys(v) {
			out[k] = s.named(k, v[k])
		}
		return out
	case []any:
		out := L{}
		for _, e := range v {
			out = append(out, s.named(key, e))
		}
		return out
	case string:
		for _, name := range sortedKeys(s.vars) {
			if known, ok := s.vars[name].(string); ok {
				v = strings.ReplaceAll(v, known, name)
			}
		}
		if variable.MatchString(v) || varies[key] == "" {
			return v
		}
		return s.next(varies[key], v)
	}
	if varies[key] == "" || v == nil {
		return v
	}
	return s.next(varies[key], v)
}

// next gives a value the next free name of its kind.
func (s *session) next(kind string, v any) string {
	n := 1
	for s.vars[fmt.Sprint(kind, n)] != nil {
		n++
	}
	s.vars[fmt.Sprint(kind, n)] = v
	return fmt.Sprint(kind, n)
}

// hold holds a reply to what the session says at a line.
func (s *session) hold(line int, want string, sent any, got event) {
	why := s.unlike(want, sent, got)
	if why == "" {
		return
	}
	who := "the reference server"
	if s.zaqar {
		who = "the real Zaqar"
	}
	s.t.Errorf("line %d, %s: %s\n  want %s\n  got  %s", line, who, why, want, printedData(got))
}

// unlike says how a reply differs from what is expected, "" if it does not.
func (s *session) unlike(want string, sent any, got event) string {
	kind := Text
	if rest, ok := strings.CutPrefix(want, "bin "); ok {
		kind, want = Binary, rest
	}
	if want == silence || got.data == nil {
		if want != silence || got.data != nil {
			return "one is silence"
		}
		return ""
	}
	expected, err := read(JSON, []byte(want))
	if err != nil {
		return "what is expected is no JSON: " + err.Error()
	}
	reply, err := read(got.kind.format(), got.data)
	if err != nil || got.kind != kind {
		return fmt.Sprintf("a %v frame, %v", got.kind, err)
	}
	if m, ok := reply.(M); ok && s.zaqar {
		s.overlookWording(m, expected)
	}
	return s.differ("", expected, reply, echoOf(sent))
}

// overlookWording takes out of both replies what is nobody's promise (FRM-40): the
// body of status 204, and the texts of an error, where real Zaqar's may be null.
func (s *session) overlookWording(reply M, expected any) {
	status, _ := lookup(reply, "headers.status").(int64)
	refused := status >= 400 && lookup(reply, "body.error") != absent && lookup(expected, "body.error") != absent
	if want, ok := expected.(M); ok && (status == 204 || refused) {
		reply["body"], want["body"] = nil, nil
	}
}

func printedData(e event) string {
	if e.data == nil {
		return silence
	}
	v, err := read(e.kind.format(), e.data)
	if err != nil {
		return fmt.Sprintf("%q", e.data)
	}
	return printedWhole(v)
}

// differ is the first path at which a reply is not as expected, or "".
func (s *session) differ(path string, want, got any, echo M) string {
	if path == ".request" && want == sameRequest {
		if m, ok := got.(M); ok && sameEcho(m, echo) {
			return ""
		}
		return path
	}
	switch want := want.(type) {
	case map[string]any:
		m, ok := got.(M)
		if !ok || !slices.Equal(sortedKeys(want), sortedKeys(m)) {
			return path + " has other keys"
		}
		for _, k := range sortedKeys(want) {
			if p := s.differ(path+"."+k, want[k], m[k], echo); p != "" {
				return p
			}
		}
		return ""
	case []any:
		l, ok := got.(L)
		if !ok || len(l) != len(want) {
			return path + " has another length"
		}
		for i := range want {
			if p := s.differ(fmt.Sprintf("%s[%d]", path, i), want[i], l[i], echo); p != "" {
				return p
			}
		}
		return ""
	case string:
		if s.fits(want, got) {
			return ""
		}
	default:
		if equal(want, got) {
			return ""
		}
	}
	return path
}

// fits compares a text that may be, or hold, names: one that is new takes what is
// there.
func (s *session) fits(want string, got any) bool {
	name := variable.FindString(want)
	if v, bound := s.vars[name]; name == want && bound {
		return equal(v, got)
	}
	if name == want {
		s.vars[name] = got
		_, number := got.(int64)
		return number == strings.HasPrefix(name, "$age")
	}
	return equal(variable.ReplaceAllStringFunc(want, func(n string) string { return fmt.Sprint(s.vars[n]) }), got)
}
