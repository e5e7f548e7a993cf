// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/zaqarwire/zaqarwire/conformance"
)

func TestNothingThatATargetSaysControlsTheTerminal(t *testing.T) {
	t.Parallel()
	const evil = "a\x1b[2J\a\r\u009b31m\u202eb"
	r := result()
	r.Stopped = evil
	for i := range r.Cases {
		c := &r.Cases[i]
		c.Reason += evil
		if c.Failure != nil {
			c.Failure.Path, c.Failure.Expected, c.Failure.Actual = evil, evil, evil
			c.Failure.Drawing = []string{evil}
		}
		for n := range c.Transcript {
			l := &c.Transcript[n]
			l.Short, l.Data = l.Short+evil, []byte(evil+"\xff\n"+evil)
		}
	}
	for _, verbose := range []bool{false, true} {
		var out bytes.Buffer
		console := NewConsole(&out, Options{Verbose: verbose})
		console.Began(planOf(r))
		for _, c := range r.Cases {
			console.Judged(c)
		}
		console.Ended(r)
		Trouble(&out, &conformance.UnreachableError{Err: errors.New(evil)})
		for n, line := range strings.Split(out.String(), "\n") {
			if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 {
				t.Errorf("verbose %v, line %d has %q", verbose, n+1, line)
			}
		}
		if want := "a\ufffd[2J\ufffd\ufffd\ufffd31m\ufffdb"; !strings.Contains(out.String(), want) {
			t.Errorf("verbose %v: the output is without %q\n%s", verbose, want, &out)
		}
	}
}
