// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
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
	if holds := filesIn(t, dir); !slices.Equal(holds, reportNames()) || !strings.Contains(stdout, "\nreport  ") {
		t.Errorf("the report folder holds %v, want the reports alone, named in the last line\n%s", holds, stdout)
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

// keepsSilent does not reply to an action until the test is over, and says when it is
// asked.
type keepsSilent struct {
	api.Doer
	action string
	asked  chan struct{}
	over   <-chan struct{}
}

func (k keepsSilent) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	if req.Action == k.action {
		select {
		case k.asked <- struct{}{}:
		default:
		}
		<-k.over
	}
	return k.Doer.Do(ctx, s, req)
}

func TestASecondInterruptEndsACheckAtOnce(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 1)
	url := zaqar(t, func(d api.Doer) api.Doer { return keepsSilent{d, "queue_delete", asked, t.Context().Done()} })
	cmd := process(t, "check", url, "--case", "CLM-3", "--timeout", "50s")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // the exit code is what counts
		close(ended)
	}()
	<-asked // it removes what it made
	for going := true; going; {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		select {
		case <-ended:
			going = false
		case <-time.After(100 * time.Millisecond):
		}
	}
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, want 130", code)
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

func TestBoundariesMoveWithTheLimits(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	for _, file := range []string{"least.yaml", "small.yaml", "large.json"} {
		limits, err := filepath.Abs(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if code, stdout, stderr := child(t, "check", "--limits", limits); code != exitOK || !strings.Contains(stdout, "\nCONFORMANT\n") {
			t.Errorf("%s: exit code %d\n%s%s", file, code, stdout, stderr)
		}
		if code, stdout, _ := child(t, "check", zaqar(t, nil), "--fast", "--limits", limits, "--format", "json"); code != exitFailed {
			t.Errorf("%s: exit code %d of a server with other limits, want 1\n%s", file, code, stdout)
		}
	}
}

func TestWhatATargetDeclaresIsReadStrictly(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ flag, text, says string }{
		"no such limit":            {"--limits", "max_message_ttl: 5000\n\nmax_mesage_ttl: 100\n", `:3: there is no limit "max_mesage_ttl"`},
		"a limit that is text":     {"--limits", "max_frame: long\n", ":1: the limit max_frame is long, not an integer"},
		"a limit of nothing":       {"--limits", `{"max_frame": 0}`, ":1: the limit max_frame is 0, not an integer of 1 or more"},
		"a limit twice":            {"--limits", "max_frame: 1\nmax_frame: 2\n", ":2: "},
		"limits that contradict":   {"--limits", "min_message_ttl: 9000\n", "the limit min_message_ttl is 9000, and default_message_ttl is 3600"},
		"a limit out of reach":     {"--limits", "max_depth: 901\n", "the limit max_depth is 901; the suite cannot judge such a limit"},
		"names that do not fit":    {"--limits", "max_queue_name: 47\n", "the limit max_queue_name is 47; the suite cannot judge such a limit"},
		"lives of one length":      {"--limits", "max_claim_grace: 119\n", "the suite needs 60 s between them"},
		"limits that are a list":   {"--limits", "- 1\n", ":1: not a map"},
		"an empty file":            {"--limits", "", ":1: it is empty"},
		"no YAML":                  {"--limits", "a: [\n", ":1: "},
		"a profile with more":      {"--profile", "name: x\nfeatures: []\n", `:2: a profile has no key "features"`},
		"no such feature":          {"--profile", "name: x\nwithout:\n  - next_marker\n  - teleport\n", `:4: there is no feature "teleport"`},
		"without that is no list":  {"--profile", "without: next_marker\n", ":1: without is not a list"},
		"no such limit in it":      {"--profile", "limits:\n  max_fame: 1\n", `:2: there is no limit "max_fame"`},
		"a name that is a list":    {"--profile", "name: [x]\n", ":1: "},
		"a known failure, garbled": {"--known-failing", "# one\nCLM-8 * value # because, F123, 2026-11-22\n", `:2: "CLM-8" is no id of a case`},
	} {
		file := filepath.Join(t.TempDir(), "file.yaml")
		if err := os.WriteFile(file, []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, stdout, stderr := command(t, "", "check", deadPort, tc.flag, file, "-o", t.TempDir())
		if code != exitUsage || !strings.Contains(stderr, tc.says) || strings.Count(stderr, "\n") != 1 || stdout != "" {
			t.Errorf("%s: exit code %d, stderr %q, want 2 and a line with %q", name, code, stderr, tc.says)
		}
	}
}

func TestADeclaredProfileIsOneOfAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	profile, limits := filepath.Join(dir, "p.json"), filepath.Join(dir, "l.yaml")
	for file, text := range map[string]string{
		profile: `{"name": "mine", "doc": "ours", "limits": {"max_frame": 100000, "max_depth": 50}, "without": ["next_marker"]}`,
		limits:  "max_frame: 200000\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := declared{profile: profile, limits: limits, without: []string{"signed_requests", "next_marker"}}
	p, err := d.read()
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "mine" || p.Limits["max_frame"] != 200000 || p.Limits["max_depth"] != 50 || strings.Join(p.Without, " ") != "next_marker signed_requests" {
		t.Errorf("read %+v", p)
	}
	want := "--profile " + profile + " --limits " + limits + " --without signed_requests --without next_marker"
	if got := strings.Join(d.words(), " "); got != want {
		t.Errorf("words %q, want %q", got, want)
	}
}

// late answers each request after a second.
type late struct{ api.Doer }

func (l late) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	<-time.After(time.Second) // a clock that is moved would show nothing of a deadline
	return l.Doer.Do(ctx, s, req)
}

func TestASlowServerIsLawfulWhereItIsGivenTime(t *testing.T) {
	t.Parallel()
	url := zaqar(t, func(d api.Doer) api.Doer { return late{d} })
	for timeout, want := range map[string]int{"20s": exitOK, "100ms": exitFailed} {
		code, stdout, stderr := child(t, "check", url, "--case", "CLM-3/claiming-from", "--format", "json", "--timeout", timeout)
		if code != want {
			t.Errorf("--timeout %s: exit code %d, want %d\n%s%s", timeout, code, want, stdout, stderr)
		}
	}
}

func TestKnownFailuresDecideTheExitCode(t *testing.T) {
	t.Parallel()
	broken := zaqar(t, func(d api.Doer) api.Doer { return alwaysOK{d} })
	const why, id = "  # it answers everything so, F123, 2026-11-22\n", "CLM-3/claiming-from-an-empty-queue"
	for name, tc := range map[string]struct {
		known string
		code  int
		says  string
	}{
		"exact":           {id + "  *  status=200" + why, exitOK, "NOT CONFORMANT, AS KNOWN\n"},
		"another symptom": {id + "  *  no-reply" + why, exitFailed, ":1: " + id + " [*] is to fail"},
		"a stale entry":   {id + "  *  status=200" + why + "CLM-3/gone  *  value" + why, exitFailed, ":2: CLM-3/gone [*] is to fail"},
		"nothing known":   {"# nothing\n", exitFailed, "NOT CONFORMANT\n"},
	} {
		file := filepath.Join(t.TempDir(), "known.txt")
		if err := os.WriteFile(file, []byte(tc.known), 0o600); err != nil {
			t.Fatal(err)
		}
		code, stdout, stderr := child(t, "check", broken, "--case", id, "--known-failing", file)
		if flat := strings.Join(strings.Fields(stdout), " "); code != tc.code || !strings.Contains(flat, strings.TrimSpace(tc.says)) {
			t.Errorf("%s: exit code %d, want %d and %q\n%s%s", name, code, tc.code, tc.says, stdout, stderr)
		}
	}
}
