// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
)

// parts are what each block of a failure has, so that it can be understood alone.
var parts = []string{"expected  ", "actual    ", "https://", "again  "}

// repeat runs the command of the first block that a child printed, of a case that cites
// the requirement if one has a block, in a shell, and says what it found else than the
// child; empty if nothing. Other failures may be those of bystanders, which alone have none.
func (t *trial) repeat(ctx context.Context, cites []string, cases []conformance.CaseResult, printed string) string {
	for _, part := range parts {
		if !strings.Contains(printed, part) {
			return fmt.Sprintf("no block has %q", part)
		}
	}
	commands := report.Repetitions(printed)
	if len(commands) == 0 {
		return "no failure has a command"
	}
	r := commands[0]
	if cited := slices.IndexFunc(commands, func(r report.Repetition) bool { return slices.Contains(cites, r.Case) }); cited > 0 {
		r = commands[cited]
	}
	dir, err := os.MkdirTemp(t.temp, "again")
	if err != nil {
		return err.Error()
	}
	defer func() { _ = os.RemoveAll(dir) }()
	again, _, err := t.child(ctx, dir, "sh", "-c", r.Command+" -o "+dir)
	if err != nil {
		return err.Error()
	}
	if len(again) != 1 {
		return fmt.Sprintf("%s judges %d cases", r.Command, len(again))
	}
	for _, c := range cases {
		if c.Case == r.Case && c.Format == r.Format {
			if again[0].Verdict != c.Verdict || again[0].Broken() != c.Broken() {
				return report.SameVerdict(c, again[0]).Error()
			}
			return "" // how it shows may depend on what came before
		}
	}
	return fmt.Sprintf("the result has no %s [%s]", r.Case, r.Format)
}
