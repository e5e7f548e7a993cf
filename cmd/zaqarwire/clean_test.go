// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// ledger is a store that remembers each queue it ever held, so that what is left
// is seen without trusting a journal or a listing.
type ledger struct {
	store.Data

	mu   sync.Mutex
	seen map[store.Queue]bool
}

func (l *ledger) note(q store.Queue) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[q] = true
}

func (l *ledger) CreateQueue(ctx context.Context, q store.Queue, s store.Settings) (bool, error) {
	l.note(q)
	return l.Data.CreateQueue(ctx, q, s)
}

func (l *ledger) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	l.note(q)
	return l.Data.PostMessages(ctx, q, p)
}

// keyOfStorage finds the names that cases leave on purpose.
var keyOfStorage = regexp.MustCompile(`(^queues_set|\.(messages|claims|queues|rank_counter))$`)

// left are the queues that are there now, but for those left on purpose.
func (l *ledger) left(t *testing.T) (queues []string, onPurpose int) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for q := range maps.Keys(l.seen) {
		_, err := l.QueueMetadata(t.Context(), q)
		missing, ok := errors.AsType[*store.Error](err)
		switch {
		case ok && missing.Kind == store.NotFound:
		case err != nil:
			t.Fatal(err)
		case keyOfStorage.MatchString(q.Name):
			onPurpose++
		default:
			queues = append(queues, q.Project+"/"+q.Name)
		}
	}
	return queues, onPurpose
}

// watched is a reference server over a ledger.
func watched(t *testing.T) (url string, l *ledger) {
	t.Helper()
	l = &ledger{seen: map[store.Queue]bool{}}
	return zaqarWith(t, refserver.Options{WrapStore: func(d store.Data) store.Data {
		l.Data = d
		return l
	}}), l
}

// checking starts a run and waits until its journal holds some lines.
func checking(t *testing.T, url, dir, seed string, lines int) *exec.Cmd {
	t.Helper()
	cmd := process(t, "check", url, "-o", dir, "--seed", seed)
	cmd.Stdout, cmd.Stderr = t.Output(), t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(50 * time.Second); time.Now().Before(end); <-tick.C {
		if text, _ := os.ReadFile(journalPath(dir, seed)); bytes.Count(text, []byte("\n")) >= lines {
			return cmd
		}
	}
	t.Fatalf("the journal of seed %s did not reach %d lines", seed, lines)
	return nil
}

// fromEnv is a number that `make trace` sets, or another.
func fromEnv(name string, other uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return other
}

// A run is killed at random points of its way; clean removes what it left.
func TestAKilledRunLeavesNothingAfterClean(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	kills := fromEnv("ZAQARWIRE_KILLS", 3)
	seed := fromEnv("ZAQARWIRE_KILLS_SEED", rand.Uint64())
	random := rand.New(rand.NewPCG(seed, 0))
	url, ledger := watched(t)
	dir := t.TempDir()
	total, purpose := 0, 0
	for i := range kills {
		run, line := strconv.FormatUint(i, 16), 1+random.IntN(900)
		cmd := checking(t, url, dir, run, line)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		before, _ := ledger.left(t)
		code, stdout, stderr := command(t, "", "clean", "-o", dir)
		after, onPurpose := ledger.left(t)
		if code != exitOK || len(after) > 0 {
			t.Fatalf("killed at line %d, ZAQARWIRE_KILLS_SEED=%d: clean ended with %d and left %q\n%s%s", line, seed, code, after, stdout, stderr)
		}
		if want := fmt.Sprintf("leaked 0, left on purpose %d\n", onPurpose-purpose); !strings.HasSuffix(stdout, want) {
			t.Errorf("clean says %q, want %q at its end", stdout, want)
		}
		if files, _ := filepath.Glob(journalPath(dir, "*")); len(files) > 0 {
			t.Errorf("clean left the journal %q", files)
		}
		total, purpose = total+len(before), onPurpose
	}
	if total == 0 {
		t.Error("no kill left a queue, so that clean had nothing to do")
	}
	t.Logf("killed %d runs, which left %d queues; after clean 0 were left, besides %d on purpose", kills, total, purpose)
}

func TestAnInterruptedRunCleansUpByItself(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, ledger := watched(t)
			dir := t.TempDir()
			cmd := checking(t, url, dir, "7f3a", 200)
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // the exit code is what counts
			if code := cmd.ProcessState.ExitCode(); code != exitIncomplete {
				t.Errorf("exit code %d, want 4", code)
			}
			if left, _ := ledger.left(t); len(left) > 0 || len(ledger.seen) == 0 {
				t.Errorf("it left %q of %d", left, len(ledger.seen))
			}
			if files, _ := filepath.Glob(journalPath(dir, "*")); len(files) > 0 {
				t.Errorf("it left the journal %q", files)
			}
		})
	}
}

func TestTwoRunsAtOnceDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	url, ledger := watched(t)
	dir := t.TempDir()
	var both sync.WaitGroup
	for _, seed := range []string{"a1", "a11"} { // one is the begin of the other
		both.Go(func() {
			if code, stdout, stderr := child(t, "check", url, "-o", dir, "--seed", seed, "--fast", "--case", "queues"); code != exitOK || stderr != "" {
				t.Errorf("seed %s: exit code %d\n%s%s", seed, code, stdout, stderr)
			}
		})
	}
	both.Wait()
	if left, _ := ledger.left(t); len(left) > 0 {
		t.Errorf("they left %q", left)
	}
}

func TestOneSeedIsForOneRunAtATime(t *testing.T) {
	t.Parallel()
	url, ledger := watched(t)
	dir := t.TempDir()
	first := checking(t, url, dir, "7f3a", 100)
	says := func(code int, want string, args ...string) {
		t.Helper()
		got, stdout, stderr := command(t, "", args...)
		if got != code || !strings.Contains(stdout+stderr, want) || strings.Count(stderr, "\n") > 1 {
			t.Errorf("%v: exit code %d\n%s%swant %d and %q", args, got, stdout, stderr, code, want)
		}
	}
	says(exitUsage, "is under way", "check", url, "-o", dir, "--seed", "7F3A")
	says(exitFailed, "still under way, and was left alone", "clean", "-o", dir)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // it was killed
	says(exitUsage, "an earlier run", "check", url, "-o", dir, "--seed", "7F3A")
	says(exitOK, "is about "+url, "clean", "ws://127.0.0.1:1", "-o", dir)
	says(exitOK, "leaked 0", "clean", url, "-o", dir)
	says(exitOK, "holds no journal", "clean", "-o", dir)
	if left, _ := ledger.left(t); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

// keeper is a server that says it has deleted a queue, and has not.
type keeper struct{ api.Doer }

func (k keeper) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	if req.Action == "queue_delete" {
		return &wire.Response{Echo: req.Echo, Status: 204}
	}
	return k.Doer.Do(ctx, s, req)
}

func TestCleanDeletesOnlyWhatIsTheRuns(t *testing.T) {
	t.Parallel()
	const good = "a server of its own"
	bad := zaqar(t, func(d api.Doer) api.Doer { return keeper{d} })
	mine, left, given := `{"project":"zw-7f-1","queue":"odd"}`, `{"project":"zw-7f-1","queue":"queues_set","leave":true}`,
		`{"project":"theirs","queue":"zw-7f-x-1"}`
	foreign := `{"project":"theirs","queue":"orders"}`
	for name, tc := range map[string]struct {
		url, head string
		names     []string
		args      string
		code      int
		says      string
	}{
		"what the run made":  {good, "", []string{mine, left, given}, "", 0, "names 3, found 2, deleted 2, leaked 0, left on purpose 1"},
		"what it did not":    {good, "", []string{foreign}, "", 1, `leaked "theirs/orders"`},
		"a project it got":   {good, `,"project":"zw-7f-1"`, []string{mine}, "", 1, `leaked "zw-7f-1/odd"`},
		"a server that lies": {bad, "", []string{mine}, "", 1, "found 1, deleted 0, leaked 1"},
		"a torn last line":   {good, "", []string{mine, `{"proj`}, "", 0, "names 1, found 1, deleted 1"},
		"no journal":         {good, "", []string{mine, "hello", "more"}, "", 2, "is not the journal of a run: line 3"},
		"of a later version": {good, `,"zaqarwire_journal":2`, []string{mine}, "", 2, "line 1"},
		"a dead target":      {deadPort, "", nil, "", 3, "connection refused"},
		"another URL":        {deadPort, "", []string{mine}, good, 0, "deleted 1"},
		"a remote target":    {"ws://zaqar.example.org", "", nil, "", 2, "--allow-remote"},
		"a password":         {"ws://me:xxxxx@127.0.0.1:1", "", nil, "", 2, "keeps no password"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := zaqar(t, nil)
			tc.url, tc.args = strings.ReplaceAll(tc.url, good, own), strings.ReplaceAll(tc.args, good, own)
			url := cmp.Or(tc.args, tc.url)
			for _, n := range tc.names {
				create(t, url, n)
			}
			lines := append([]string{`{"zaqarwire_journal":1,"url":"` + tc.url + `","seed":"7F","prefix":"zw-7f"` + tc.head + `}`}, tc.names...)
			path := filepath.Join(t.TempDir(), "j.jsonl")
			text := strings.Join(lines, "\n")
			if name != "a torn last line" {
				text += "\n"
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := command(t, "", slices.Concat([]string{"clean", "--journal", path}, strings.Fields(tc.args))...)
			if code != tc.code || !strings.Contains(stdout+stderr, tc.says) {
				t.Errorf("exit code %d\n%s%swant %d and %q", code, stdout, stderr, tc.code, tc.says)
			}
			if _, err := os.Stat(path); (err == nil) != (code != exitOK) {
				t.Errorf("exit code %d, and stat of the journal gives %v", code, err)
			}
		})
	}
}

var member = regexp.MustCompile(`"(project|queue)":"([^"]*)"`)

// create makes a queue that a journal names, if it names one.
func create(t *testing.T, url, line string) {
	t.Helper()
	if m := member.FindAllStringSubmatch(line, 2); len(m) == 2 {
		if code, _, stderr := command(t, "", "call", url, "queue_create", `{"queue_name":"`+m[1][2]+`"}`, "--project", m[0][2]); code != exitOK {
			t.Fatal(stderr)
		}
	}
}
