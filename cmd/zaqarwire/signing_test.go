// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/conformance/report"
)

const secretKey = "a-key-that-both-share"

// aSignature is one in full, as no text may show it.
var aSignature = regexp.MustCompile(`[0-9a-f]*[1-9a-f][0-9a-f]{50,}`)

func TestSignedAccessIsJudgedWithTheKey(t *testing.T) {
	t.Parallel()
	key := written(t, secretKey+"\n", 0o600)
	other := written(t, "another key", 0o600)
	tokens := written(t, mine+" alpha\n", 0o600)
	for name, tc := range map[string]struct {
		mutant, key string
		code        int
		says        string
	}{
		"with the key":        {"", key, exitOK, "NO FAILURE"},
		"with another key":    {"", other, exitFailed, "headers.status = 403"},
		"without it":          {"", "", exitOK, "n/a"},
		"of a faulty server":  {"signature-opens-each-queue", key, exitFailed, "AUT-56/another-queue"},
		"of one that gives":   {"share-names-the-resource", key, exitFailed, "AUT-65/what-was-signed"},
		"of one that forgets": {"signatures-never-end", key, exitFailed, "AUT-53/past-absent-and-no-date"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := []string{"serve", "--listen", "127.0.0.1:0", "--tokens", tokens, "--signing-key", key, "-v"}
			if tc.mutant != "" {
				args = append(args, "--mutant", tc.mutant)
			}
			url, log := served(t, process(t, args...))
			args = []string{"check", url, "--fast", "--case", "AUT", "--project", "alpha", "--keep-transcripts", "-v"}
			if tc.key != "" {
				args = append(args, "--signing-key", tc.key)
			}
			cmd := process(t, args...)
			cmd.Env = append(cmd.Env, "ZAQARWIRE_TOKEN="+mine)
			out, _ := cmd.CombinedOutput() // the exit code is what counts
			if code := cmd.ProcessState.ExitCode(); code != tc.code || !strings.Contains(string(out), tc.says) {
				t.Errorf("exit code %d, want %d and %q\n%s", code, tc.code, tc.says, out)
			}
			for what, text := range map[string]string{"the output": string(out), "the result": told(t, cmd.Dir), "the log": log.String()} {
				if found := aSignature.FindString(text); found != "" || strings.Contains(text, secretKey) {
					t.Errorf("%s shows the key or a signature: %s", what, found)
				}
			}
		})
	}
}

// told is all that the result in a folder tells, messages included.
func told(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "zaqarwire-report", "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	result, err := report.ReadJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range result.Cases {
		for _, l := range c.Transcript {
			text = append(text, l.Message()...)
		}
	}
	return string(text)
}

func TestAKeyThatCannotBeReadIsSaidSo(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"no file":       {[]string{"serve", "--signing-key", "/nowhere"}, "cannot read the signing key"},
		"an empty file": {[]string{"check", "ws://127.0.0.1:1", "--signing-key", written(t, "\n", 0o600)}, "holds no signing key"},
		"no URL":        {[]string{"check", "--signing-key", written(t, secretKey, 0o600)}, "a token or a key is for a target"},
		"no name":       {[]string{"serve", "--signing-key", ""}, "--signing-key is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, _, stderr := child(t, tc.args...)
			if code != exitUsage || !strings.Contains(stderr, tc.says) {
				t.Errorf("exit code %d, want 2 and %q\n%s", code, tc.says, stderr)
			}
		})
	}
}
