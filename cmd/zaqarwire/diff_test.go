// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
)

func TestDiffEndsByWhatIsWorse(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir := func(name string) string { return filepath.Join(root, name) }
	for name, args := range map[string][]string{
		"good":  {"--case", "CLM-3"},
		"bad":   {zaqar(t, func(d api.Doer) api.Doer { return alwaysOK{d} }), "--case", "CLM-3"},
		"json":  {"--case", "CLM-3", "--format", "json"},
		"other": {"--case", "QUE-1", "--fast"},
	} {
		child(t, append([]string{"check", "-o", dir(name), "--report", "json"}, args...)...)
	}
	old := dir("old.json")
	if err := os.WriteFile(old, []byte(`{"format": "zaqarwire-result", "format_version": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir("good"), "result.json")
	for name, tc := range map[string]struct {
		then, now string
		code      int
		says      string
	}{
		"the same":             {good, good, exitOK, "\nNOTHING WORSE   "},
		"by their folders":     {dir("good"), dir("good"), exitOK, "0 worse · 0 better · 0 changed"},
		"worse":                {dir("good"), dir("bad"), exitFailed, "CLM-3 MUST  pass -> fail\n"},
		"better":               {dir("bad"), dir("good"), exitOK, "CLM-3 MUST  fail -> pass\n"},
		"a part of what broke": {dir("bad"), dir("json"), exitOK, "GONE  "},
		"nothing in common":    {dir("good"), dir("other"), exitUsage, "cannot be compared"},
		"no such file":         {good, dir("none.json"), exitUsage, "cannot read the result: " + dir("none.json")},
		"an empty folder":      {root, good, exitUsage, "cannot read the result: " + dir("result.json")},
		"another version":      {old, good, exitUsage, "version 1 of its format"},
		"no result":            {good, os.Args[0], exitUsage, "decode result"},
	} {
		code, stdout, stderr := command(t, "", "diff", tc.then, tc.now)
		said, other := stdout, stderr
		if tc.code == exitUsage {
			said, other = stderr, stdout
		}
		if code != tc.code || !strings.Contains(said, tc.says) || other != "" || tc.code == exitUsage && strings.Count(said, "\n") != 1 {
			t.Errorf("%s: exit code %d, want %d and %q\n%s%s", name, code, tc.code, tc.says, stdout, stderr)
		}
	}
}
