// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// redacted stands for a credential.
const redacted = "redacted"

// shortestSecret is how long a credential is at least that is looked for in other
// text: a shorter one would be found everywhere.
const shortestSecret = 4

// issued is the key under which a reply gives a credential away.
const issued = "signature"

// isSecret tells a header or a key whose value is never printed or saved, in any spelling
// that a server may echo it in.
func isSecret(name string) bool {
	return strings.EqualFold(name, issued) || isCredential(name)
}

// isCredential tells one of the headers that are never echoed, in any spelling.
func isCredential(name string) bool {
	for secret := range secretHeaders() {
		if strings.EqualFold(name, secret) {
			return true
		}
	}
	return false
}

// withoutCredentials is a copy of headers, less those that are never echoed.
func withoutCredentials(headers M) M {
	headers = maps.Clone(headers)
	maps.DeleteFunc(headers, func(name string, _ any) bool { return isCredential(name) })
	return headers
}

// learn remembers the credentials of a message that is about to be sent, so that
// they are found wherever the target repeats them.
func (s *scene) learn(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.learn(e)
		}
	case map[string]any:
		for k, e := range v {
			if isSecret(k) {
				s.remember(e, v)
			} else {
				s.learn(e)
			}
		}
	}
}

// learnIssued is learn for a credential that a reply gives.
func (s *scene) learnIssued(reply any) { s.remember(lookup(reply, "body."+issued), nil) }

// remember learns one credential, but for what also stands under another name
// beside it: that is none.
func (s *scene) remember(v any, beside M) {
	text := textOf(v)
	if len(text) < shortestSecret {
		return
	}
	for k, e := range beside {
		if !isSecret(k) && textOf(e) == text {
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	quoted := strconv.Quote(text)
	for _, form := range []string{text, quoted[1 : len(quoted)-1]} {
		if !slices.Contains(s.secrets, form) {
			s.secrets = append(s.secrets, form)
		}
	}
}

// textOf is a string or bytes; empty for all else.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case Bin:
		return string(v)
	}
	return ""
}

func (s *scene) known() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clip(s.secrets)
}

// clean is text without the credentials that were sent.
func (s *scene) clean(text string) string {
	for _, secret := range s.known() {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return text
}

// mayHold says whether a message that cannot be read may hold credentials.
func (s *scene) mayHold(data []byte) bool {
	lower := bytes.ToLower(data)
	for name := range secretHeaders() {
		if bytes.Contains(lower, []byte(strings.ToLower(name))) {
			return true
		}
	}
	return s.holds(string(data))
}

// holds says whether a text holds a credential that was sent; in a transcript that is
// judged again, the word for one.
func (s *scene) holds(text string) bool {
	return slices.ContainsFunc(s.known(), func(secret string) bool { return strings.Contains(text, secret) })
}

// redact is v without credentials, wherever they stand.
func (s *scene) redact(v any) (clean any, found bool) {
	switch v := v.(type) {
	case string:
		return s.clean(v), s.holds(v)
	case Bin:
		return Bin(s.clean(string(v))), s.holds(string(v))
	case []any:
		out := make(L, len(v))
		for i, e := range v {
			c, f := s.redact(e)
			out[i], found = c, found || f
		}
		return out, found
	case map[string]any:
		out := make(M, len(v))
		for k, e := range v {
			c, f := s.redact(e)
			if isSecret(k) {
				c, f = hidden(e), true
			}
			out[s.clean(k)], found = c, found || f || s.holds(k)
		}
		return out, found
	}
	return v, false
}

var wholeSignature = regexp.MustCompile(`^[0-9a-f]{64}$`)

// hidden stands for a credential; for a whole signature in its form, to which replies
// are held.
func hidden(v any) string {
	if wholeSignature.MatchString(textOf(v)) {
		return strings.Repeat("0", 64)
	}
	return redacted
}

// inSecret says whether a path leads to a credential.
func inSecret(path string) bool {
	for path != "" {
		var step string
		if step, path = cutPath(path); isSecret(step) {
			return true
		}
	}
	return false
}

// redacted takes credentials out of a failure.
func (s *scene) redacted(f Failure) Failure {
	f.Expected, f.Actual = s.clean(f.Expected), s.clean(f.Actual)
	if inSecret(f.Path) && strings.Contains(f.Actual, " = ") {
		f.Actual = assign(f.Path, strconv.Quote(redacted))
	}
	return f
}
