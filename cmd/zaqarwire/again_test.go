// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// resultIn reads the result.json of a report folder.
func resultIn(dir string) (conformance.Result, error) {
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		return conformance.Result{}, fmt.Errorf("read result: %w", err)
	}
	return report.ReadJSON(text)
}

// repeats runs a printed command in a shell, with the real command as zaqarwire,
// and says where its verdict is another than in the result; nil if nowhere.
func repeats(ctx context.Context, then conformance.Result, r report.Repetition, binary, dir string) error {
	bin := filepath.Join(dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	link := filepath.Join(bin, "zaqarwire")
	if _, err := os.Lstat(link); err != nil {
		if err := os.Symlink(binary, link); err != nil {
			return fmt.Errorf("link the command: %w", err)
		}
	}
	sh := exec.CommandContext(ctx, "sh", "-c", r.Command)
	sh.Dir = dir
	sh.Env = append(os.Environ(), asCommand+"=1", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	printed, _ := sh.CombinedOutput() // a failure is what the exit code is about
	now, err := resultIn(filepath.Join(dir, "zaqarwire-report"))
	if err != nil {
		return fmt.Errorf("%s\n%s: %w", r.Command, printed, err)
	}
	if len(now.Cases) != 1 {
		return fmt.Errorf("%s judges %d cases, want one", r.Command, len(now.Cases))
	}
	for _, c := range then.Cases {
		if c.Case == r.Case && c.Format == r.Format {
			return report.SameVerdict(c, now.Cases[0])
		}
	}
	return fmt.Errorf("the result has no %s [%s]", r.Case, r.Format)
}

// always answers one action with one status, whatever happened.
type always struct {
	api.Doer

	action string
	status int
}

func (a always) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	resp := a.Doer.Do(ctx, s, req)
	if req.Action == a.action {
		resp.Status = a.status
	}
	return resp
}

func TestThePrintedCommandRepeatsAFailure(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		wrap func(api.Doer) api.Doer
		args []string
	}{
		"everything is right":                 {func(d api.Doer) api.Doer { return alwaysOK{d} }, []string{"--case", "QUE-1", "--case", "QUE-2"}},
		"a queue that is made when asked for": {func(d api.Doer) api.Doer { return always{d, "queue_get", 201} }, []string{"--case", "QUE-3", "--case", "QUE-4", "--project", "it's a project"}},
		"a delete with content":               {func(d api.Doer) api.Doer { return always{d, "message_delete", 200} }, []string{"--case", "MSG-45", "--case", "MSG-46", "--client-id", "0a0a0a0a-0000-4000-8000-00000000abcd", "--strict"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "then")
			_, printed, stderr := child(t, append([]string{"check", zaqar(t, tc.wrap), "--fast", "-o", dir}, tc.args...)...)
			then, err := resultIn(dir)
			if err != nil {
				t.Fatalf("%v\n%s%s", err, printed, stderr)
			}
			again := report.Repetitions(printed)
			if len(again) == 0 {
				t.Fatalf("no failure has a command\n%s", printed)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
			defer cancel()
			for _, r := range again[:min(3, len(again))] {
				if err := repeats(ctx, then, r, os.Args[0], t.TempDir()); err != nil {
					t.Errorf("%s\n%v", r.Command, err)
				}
			}
		})
	}
}

func TestReplayMarksTheSamePlaces(t *testing.T) {
	t.Parallel()
	then, now := t.TempDir(), t.TempDir()
	child(t, "check", "--mutant", "claim-steals-live-lease", "--fast", "--case", "CLM-8/behind-a-released-claim", "-o", then)
	_, stdout, stderr := command(t, "", "replay", filepath.Join(then, "result.json"), "-o", now)
	a, err := resultIn(then)
	b, err2 := resultIn(now)
	if err := errors.Join(err, err2); err != nil || len(a.Cases) != 3 || len(b.Cases) != 3 {
		t.Fatalf("%d cases, then %d: %v\n%s%s", len(a.Cases), len(b.Cases), err, stdout, stderr)
	}
	for i, c := range a.Cases {
		if c.Failure == nil || c.Failure.Mark == nil || !reflect.DeepEqual(c.Failure, b.Cases[i].Failure) {
			t.Errorf("%s [%s]: %+v, then %+v", c.Case, c.Format, b.Cases[i].Failure, c.Failure)
		}
	}
}

func TestReplayDoesNotTakeThePlaceOfWhatItReads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	child(t, "check", "--fast", "--case", "QUE-2", "-o", dir)
	path := filepath.Join(dir, "result.json")
	code, stdout, stderr := command(t, "", "replay", path, "-o", dir)
	if code != exitUsage || stdout != "" || !strings.Contains(stderr, "name another folder") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestReplayJudgesASavedResultAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	url := zaqar(t, func(d api.Doer) api.Doer { return alwaysOK{d} })
	then, _, _ := child(t, "check", url, "--fast", "--case", "QUE-2", "-o", dir, "--keep-transcripts")
	now, stdout, stderr := command(t, "", "replay", filepath.Join(dir, "result.json"))
	if then != exitFailed || now != then || !strings.Contains(stdout, "NOT CONFORMANT") || !strings.Contains(stdout, "again  zaqarwire replay") {
		t.Errorf("check ends with %d, replay with %d\n%s%s", then, now, stdout, stderr)
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"no file":     {[]string{filepath.Join(dir, "none.json")}, "cannot read the result"},
		"no result":   {[]string{os.Args[0]}, "decode result"},
		"no format":   {[]string{filepath.Join(dir, "result.json"), "--format", "xml"}, "there is no format"},
		"no case":     {[]string{filepath.Join(dir, "result.json"), "--case", "XYZ-1"}, "no case is named"},
		"no argument": {nil, "does not take 0 arguments"},
	} {
		if code, _, stderr := command(t, "", append([]string{"replay"}, tc.args...)...); code != exitUsage || !strings.Contains(stderr, tc.want) {
			t.Errorf("%s: exit %d, %s", name, code, stderr)
		}
	}
}
