// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var record = flag.Bool("record", false, "write what the reference server answers into testdata/sessions")

var factGiven = regexp.MustCompile(`(?m)^<zaqar (\S+)`)

// The sessions are conversations that a person reads; testdata/sessions/README.md
// says how they are written. Each is replayed against the reference server, and
// against a real Zaqar if the environment names one.
func TestSessionsAreRepeatedByBothServers(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/sessions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	facts, err := os.ReadFile("../spec/facts.md")
	if err != nil {
		t.Fatal(err)
	}
	peer := os.Getenv("ZAQARWIRE_PEER")
	if peer == "" {
		t.Log("the real Zaqar is left out: ZAQARWIRE_PEER names none")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
			for _, m := range factGiven.FindAllSubmatch(text, -1) {
				if !bytes.Contains(facts, []byte("| "+string(m[1])+" |")) {
					t.Errorf("a difference rests on %s, which is no fact of spec/facts.md", m[1])
				}
			}
			lines = newSession(t, reference(t), false).play(lines)
			if peer != "" {
				lines = newSession(t, Target{URL: peer}, true).play(lines)
			}
			if *record {
				if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// session is one replay.
type session struct {
	t      *testing.T
	target Target
	zaqar  bool
	conn   *live
	vars   map[string]any
	queues []queueName
}

func newSession(t *testing.T, target Target, zaqar bool) *session {
	t.Helper()
	s := &session{t: t, target: target, zaqar: zaqar, vars: map[string]any{}}
	t.Cleanup(func() {
		r := &run{target: target, prefix: "zws", deadline: 5 * time.Second}
		r.janitor = &janitor{run: r}
		r.janitor.sweep(context.WithoutCancel(t.Context()), s.queues, nil)
		if left := r.janitor.done(); left.Leaked > 0 {
			t.Errorf("it left %v", left.Names)
		}
		s.hangUp()
	})
	return s
}

func (s *session) hangUp() {
	if s.conn != nil {
		s.conn.drop(100 * time.Millisecond)
		s.conn = nil
	}
}

// play sends each line that begins with > and holds the reply to the line that
// follows. It returns the session as the servers spoke it.
func (s *session) play(lines []string) (spoken []string) {
	var sent any
	var got event
	for i, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		next := ""
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		fact, other, _ := strings.Cut(strings.TrimPrefix(next, "<zaqar "), " ")
		differs := s.zaqar && strings.HasPrefix(next, "<zaqar ")
		switch {
		case word == ">":
			sent, got = s.say(rest)
			if *record && !s.zaqar {
				spoken = append(spoken, line, "< "+s.heard(sent, got))
				continue
			}
		case word == "<" && *record && s.zaqar:
			spoken = append(spoken, line)
			before := maps.Clone(s.vars)
			if s.unlike(rest, sent, got) != "" {
				s.vars = before
				spoken = append(spoken, "<zaqar "+factOf(differs, fact)+" "+s.heard(sent, got))
			}
			continue
		case word == "<" && *record, word == "<zaqar" && *record && s.zaqar:
			continue
		case word == "<" && differs:
			s.hold(i+2, other, sent, got)
		case word == "<":
			s.hold(i+1, rest, sent, got)
		}
		spoken = append(spoken, line)
	}
	return spoken
}

// factOf is the fact that a session gives for a difference; F? asks for it.
func factOf(known bool, fact string) string {
	if known {
		return fact
	}
	return "F?"
}

// say sends a message and waits for what comes back, which is a zero event if
// nothing does.
func (s *session) say(text string) (any, event) {
	kind := Text
	text = variable.ReplaceAllStringFunc(text, func(name string) string { return fmt.Sprint(s.value(name)) })
	if rest, ok := strings.CutPrefix(text, "bin "); ok {
		kind, text = Binary, rest
	}
	value, err := read(JSON, []byte(text))
	data := []byte(text)
	if err == nil && kind == Binary {
		data, err = write(MsgPack, value)
	}
	if err != nil && kind == Binary {
		s.t.Fatal(err)
	}
	if s.conn == nil {
		if s.conn, _, err = dial(s.t.Context(), s.target, nil); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.conn.write(s.t.Context(), kind, data); err != nil {
		s.t.Fatal(err)
	}
	got, ok := s.conn.next(s.t.Context(), 2*time.Second)
	if !ok || got.end != nil {
		s.hangUp()
		return value, event{}
	}
	return value, got
}

var variable = regexp.MustCompile(`\$[a-z]+[0-9]*`)

// value is what stands for a name, made up if a request is the first to use it.
func (s *session) value(name string) any {
	if v, ok := s.vars[name]; ok {
		return v
	}
	switch strings.TrimRight(name, "0123456789") {
	case "$queue":
		s.vars[name] = "zws-" + strings.ToLower(rand.Text())
		s.queues = append(s.queues, queueName{Project: s.value("$project").(string), Name: s.vars[name].(string), asked: true})
	case "$project":
		s.vars[name] = "zws-" + strings.ToLower(rand.Text())
	case "$client", "$uuid":
		b := rand.Text()
		s.vars[name] = fmt.Sprintf("%x-%x-4000-8000-%x", b[:4], b[4:6], b[6:12])
	default:
		s.t.Fatalf("%s is sent before anything was received that could be it", name)
	}
	return s.vars[name]
}
