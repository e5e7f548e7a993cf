// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckWritesItsResult(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "if", "need", "be")
	code, stdout, stderr := child(t, "check", "--fast", "--case", "QUE-1", "--seed", "7F3A", "-o", dir)
	if code != exitOK {
		t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
	}
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	var result struct {
		Seed    string `json:"seed"`
		Outcome string `json:"outcome"`
		Cases   []struct {
			Requirement string `json:"requirement"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(text, &result); err != nil {
		t.Fatal(err)
	}
	if result.Seed != "7F3A" || result.Outcome != "NO FAILURE" || len(result.Cases) == 0 || result.Cases[0].Requirement != "QUE-1" {
		t.Errorf("result.json = %+v, want the cases of QUE-1 under seed 7F3A", result)
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("the report folder holds %v, want result.json alone", files)
	}
}

func TestAnInterruptedCheckIsIncomplete(t *testing.T) {
	t.Parallel()
	cmd := process(t, "check", zaqar(t, nil), "--case", "CLM-10")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for r := bufio.NewScanner(out); r.Scan(); {
		said.WriteString(r.Text() + "\n")
		if strings.HasPrefix(r.Text(), "run ") { // the waiting cases are armed
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // the exit code is what counts
	if code := cmd.ProcessState.ExitCode(); code != exitIncomplete || !strings.Contains(said.String(), "INCOMPLETE") {
		t.Errorf("exit code %d, want 4\n%s", code, &said)
	}
}

func TestTheCommandThatRepeatsARunIsQuoted(t *testing.T) {
	t.Parallel()
	c := check{allowRemote: true}
	c.o.Target.URL, c.o.Target.Project = "ws://me:secret@zaqar.example.org/?a=1&b=2", "it's"
	const want = `zaqarwire check 'ws://me:xxxxx@zaqar.example.org/?a=1&b=2' --project 'it'\''s' --allow-remote`
	if got := c.again(); got != want {
		t.Errorf("again() = %s, want %s", got, want)
	}
}
