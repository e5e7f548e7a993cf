// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// asCommand makes the test binary behave as the command: the suite runs once in
// a process, so each run of check needs one of its own.
const asCommand = "ZAQARWIRE_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	m.Run()
}

// command runs the command in this process.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var out, err bytes.Buffer
	code = run(ctx, args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// process prepares the command as a process.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asCommand+"=1")
	cmd.Dir = t.TempDir()
	return cmd
}

// child runs the command in a process of its own.
func child(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return ran(t, process(t, args...))
}

// ran runs a process to its end.
func ran(t *testing.T, cmd *exec.Cmd) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// zaqar is a reference server, whose API may be decorated, and its URL.
func zaqar(t *testing.T, wrap func(api.Doer) api.Doer) string {
	t.Helper()
	return zaqarWith(t, refserver.Options{WrapAPI: wrap})
}

func zaqarWith(t *testing.T, o refserver.Options) string {
	t.Helper()
	server, err := refserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(server)
	t.Cleanup(func() {
		_ = server.Shutdown(context.Background())
		h.Close()
	})
	return "ws" + strings.TrimPrefix(h.URL, "http")
}

// alwaysOK breaks what has to be refused, or says that there is nothing.
type alwaysOK struct{ api.Doer }

func (a alwaysOK) Do(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
	resp := a.Doer.Do(ctx, s, req)
	resp.Status = 200
	return resp
}

// web is an HTTP server that is no WebSocket.
func web(t *testing.T) string {
	t.Helper()
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<html>hello</html>")
	}))
	t.Cleanup(h.Close)
	return "ws" + strings.TrimPrefix(h.URL, "http")
}

// elsewhere is an HTTP server that redirects to a WebSocket.
func elsewhere(t *testing.T, url string) string {
	t.Helper()
	h := httptest.NewServer(http.RedirectHandler("http"+strings.TrimPrefix(url, "ws"), http.StatusFound))
	t.Cleanup(h.Close)
	return "ws" + strings.TrimPrefix(h.URL, "http")
}

// silent is a port that waits to be spoken to, says something that is no HTTP, and
// hangs up.
func silent(t *testing.T) string {
	t.Helper()
	return listener(t, func(c net.Conn) {
		_, _ = c.Read(make([]byte, 1))
		_, _ = io.WriteString(c, "220 mail.example ESMTP\r\n")
	})
}

// banner is a port that speaks first, and no HTTP.
func banner(t *testing.T) string {
	t.Helper()
	return listener(t, func(c net.Conn) {
		_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
		_, _ = io.Copy(io.Discard, c)
	})
}

// curt is a port that hangs up when it has been spoken to.
func curt(t *testing.T) string {
	t.Helper()
	return listener(t, func(c net.Conn) { _, _ = c.Read(make([]byte, 4096)) })
}

// listener is a port; serve has each connection until it returns.
func listener(t *testing.T, serve func(c net.Conn)) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
	return "ws://" + l.Addr().String()
}

const deadPort = "ws://127.0.0.1:1"

func TestExitCodesAndOneClearLine(t *testing.T) {
	t.Parallel()
	good, page, mail := zaqar(t, nil), web(t), silent(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	taken := strings.TrimPrefix(good, "ws://")
	for name, tc := range map[string]struct {
		args  string
		stdin string
		code  int
		says  string // in the one line on standard error
	}{
		"no command":                 {"", "", 0, ""},
		"help":                       {"check --help", "", 0, ""},
		"version":                    {"--version", "", 0, ""},
		"an unknown command":         {"chek", "", 2, `no command "chek"`},
		"an unknown flag":            {"check --quick", "", 2, "unknown flag: --quick"},
		"a flag without its value":   {"check --seed", "", 2, "flag needs an argument: --seed"},
		"an empty flag":              {"check --limits=", "", 2, "--limits is empty"},
		"no receiver":                {"check " + deadPort + " --webhook-listen=", "", 2, "--webhook-listen is empty"},
		"no trap":                    {"check " + deadPort + " --webhook-trap=", "", 2, "--webhook-trap is empty"},
		"no pools":                   {"check " + deadPort + " --pool-uri=", "", 2, "--pool-uri is empty"},
		"check: a receiver, no URL":  {"check --webhook-listen 127.0.0.1:0", "", 2, "for a target that is named by its URL"},
		"check: a trap, no URL":      {"check --webhook-trap 127.0.0.1:0", "", 2, "for a target that is named by its URL"},
		"too many arguments":         {"check ws://a ws://b", "", 2, "usage: zaqarwire check"},
		"check: an HTTP URL":         {"check http://127.0.0.1:9000", "", 2, "ws:// or wss://"},
		"check: no host":             {"check ws://", "", 2, "names no host"},
		"check: no URL":              {"check ws://127.0.0.1:no", "", 2, "cannot be read"},
		"check: no such port":        {"check ws://127.0.0.1:99999", "", 2, "ports are 1 to 65535"},
		"check: port 0":              {"check ws://127.0.0.1:0", "", 2, "ports are 1 to 65535"},
		"check: a fragment":          {"check ws://127.0.0.1:1#here", "", 2, "fragment"},
		"check: a password":          {"check ws://me:secret@zaqar.example.org", "", 2, "ws://me:xxxxx@zaqar"},
		"check: a remote target":     {"check ws://zaqar.example.org", "", 2, "--allow-remote"},
		"check: an unknown format":   {"check --format xml", "", 2, `no format "xml"`},
		"check: a file as folder":    {"check -o " + file + "/r", "", 2, "cannot write the reports: " + file},
		"check: an unknown report":   {"check --report xml", "", 2, `no report "xml"`},
		"check: no place to listen":  {"check " + deadPort + " --webhook-listen nonsense", "", 2, `cannot listen on "nonsense"`},
		"check: no place for a trap": {"check " + deadPort + " --webhook-trap 256.0.0.1:0", "", 2, `cannot listen on "256.0.0.1:0"`},
		"clean: any empty file":      {"clean --journal " + file, "", 2, "is empty, and its name is not that of a journal"},
		"diff: one result":           {"diff " + file, "", 2, "usage: zaqarwire diff THEN NOW"},
		"clean: no folder":           {"clean -o " + file + "/r", "", 2, "there is no folder"},
		"clean: no journal":          {"clean --journal " + file + "x", "", 2, "cannot read the journal: " + file},
		"clean: nothing to do":       {"clean -o " + filepath.Dir(file), "", 0, ""},
		"clean: an HTTP URL":         {"clean http://127.0.0.1:9000", "", 2, "ws:// or wss://"},
		"call: a good request":       {"call " + good + " queue_list", "", 0, ""},
		"call: a body from stdin":    {"call --msgpack " + good + " queue_list -", `{"limit": 2}`, 0, ""},
		"call: a refused request":    {"call " + good + ` queue_create {"queue_name":7}`, "", 1, ""},
		"call: no action":            {"call " + good, "", 2, "usage: zaqarwire call URL ACTION [BODY]"},
		"call: a body that is bad":   {"call " + good + " queue_list {", "", 2, "the body is not JSON"},
		"call: nothing on stdin":     {"call " + good + " queue_list -", "", 2, "the body is not JSON"},
		"call: an HTTP URL":          {"call " + page[len("ws://"):] + " queue_list", "", 2, "ws:// or wss://"},
		"call: a dead port":          {"call " + deadPort + " queue_list", "", 3, "connection refused"},
		"call: no such host":         {"call ws://nowhere.invalid queue_list", "", 3, "cannot be reached"},
		"call: a password":           {"call ws://me:secret@127.0.0.1:1 queue_list", "", 3, "ws://me:xxxxx@127"},
		"call: no time":              {"call --timeout 0s " + good + " queue_list", "", 2, "leaves no time"},
		"call: a redirect":           {"call " + elsewhere(t, good) + " queue_list", "", 3, "HTTP status 302"},
		"call: a page":               {"call " + page + " queue_list", "", 3, "HTTP status 200"},
		"call: not HTTP":             {"call " + mail + " queue_list", "", 3, "does not speak HTTP"},
		"call: one that hangs up":    {"call " + curt(t) + " queue_list", "", 3, "ends the connection during the opening handshake"},
		"serve: no address":          {"serve --listen nonsense", "", 2, `cannot listen on "nonsense"`},
		"serve: a port that is used": {"serve --listen " + taken, "", 2, "address already in use"},
		"serve: a broken origin":     {"serve --origin [", "", 2, `origin "["`},
		"explain: a requirement":     {"explain CLM-8", "", 0, ""},
		"explain: nothing":           {"explain", "", 2, "usage: zaqarwire explain ID"},
		"explain: an unknown one":    {"explain CLM-999", "", 2, `no requirement "CLM-999"`},
		"list":                       {"list", "", 0, ""},
		"list: an argument":          {"list all", "", 2, "usage: zaqarwire list"},
		"docs: nowhere":              {"docs", "", 2, "docs -o DIR"},
		"docs: into a file":          {"docs -o " + file, "", 2, "cannot write the pages: " + file},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := command(t, tc.stdin, strings.Fields(tc.args)...)
			if code != tc.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, tc.code, stdout, stderr)
			}
			if tc.says == "" {
				if stderr != "" || stdout == "" {
					t.Errorf("stdout %q, stderr %q, want something and nothing", stdout, stderr)
				}
				return
			}
			if !strings.HasPrefix(stderr, "zaqarwire: ") || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, tc.says) {
				t.Errorf("stderr = %q, want one line with %q", stderr, tc.says)
			}
			if stdout != "" {
				t.Errorf("stdout = %q, want nothing", stdout)
			}
		})
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "list.txt", Err: syscall.ENOSPC}
}

func TestAnOutputThatCannotBeWrittenIsNoSuccess(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"list", "list --json", "explain CLM-8", "--help"} {
		var stderr bytes.Buffer
		code := run(t.Context(), strings.Fields(args), nil, full{}, &stderr)
		if want := "list.txt: no space left on device"; code != exitUsage || !strings.Contains(stderr.String(), want) || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%s: exit code %d, stderr %q, want 2 and one line with %q", args, code, &stderr, want)
		}
	}
}

func TestAnEmptyURLIsNotNone(t *testing.T) {
	t.Parallel()
	if code, stdout, stderr := command(t, "", "check", ""); code != exitUsage || stdout != "" || !strings.Contains(stderr, "the URL is empty") {
		t.Errorf("exit code %d, stdout %q, stderr %q, want 2 and a line about the URL", code, stdout, stderr)
	}
}

func TestExitCodesOfAVerdict(t *testing.T) {
	t.Parallel()
	good, broken := zaqar(t, nil), zaqar(t, func(d api.Doer) api.Doer { return alwaysOK{d} })
	for name, tc := range map[string]struct {
		args string
		code int
		says string
	}{
		"conformant so far":        {"check --case CLM-3 " + good, 0, "NO FAILURE in "},
		"a server of its own":      {"check --case CLM-10 --format json", 0, "NO FAILURE in 1 selected case"},
		"not conformant":           {"check --case CLM-3 " + broken, 1, "NOT CONFORMANT"},
		"an unknown case":          {"check --case XYZ-1 " + good, 2, `no case is named "XYZ-1"`},
		"a seed that is none":      {"check --seed xyz " + good, 2, "hexadecimal"},
		"a dead port":              {"check " + deadPort, 3, "connection refused"},
		"a page":                   {"check " + web(t), 3, "HTTP status 200"},
		"something that is no web": {"check " + silent(t), 3, "does not speak HTTP"},
		"one that speaks first":    {"check " + banner(t), 3, "does not speak HTTP"},
		"one that hangs up":        {"check " + curt(t), 3, "ends the connection during the opening handshake"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := child(t, strings.Fields(tc.args)...)
			if code != tc.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, tc.code, stdout, stderr)
			}
			said, other := stdout, stderr
			if tc.code == exitUsage || tc.code == exitUnreachable {
				said, other = stderr, stdout
			}
			if !strings.Contains(said, tc.says) || other != "" {
				t.Errorf("stdout %q, stderr %q, want %q on one and nothing on the other", stdout, stderr, tc.says)
			}
			if strings.Contains(stdout, "\x1b") || strings.Contains(stdout, "█") {
				t.Errorf("stdout = %q, want neither colours nor bars in a pipe", stdout)
			}
		})
	}
}

func TestTheVersionNamesTheCommitWhereItIsKnown(t *testing.T) {
	t.Parallel()
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "1dbd5ed71c20f05acb1a3fd8b1fd0c4b2ba9f4a1"}
	for want, settings := range map[string][]debug.BuildSetting{
		version:                            {{Key: "vcs.modified", Value: "true"}},
		version + "+1dbd5ed71c20":          {commit, {Key: "vcs.modified", Value: "false"}},
		version + "+1dbd5ed71c20.modified": {commit, {Key: "vcs.modified", Value: "true"}},
	} {
		if got := stamped(settings); got != want {
			t.Errorf("stamped(%v) = %q, want %q", settings, got, want)
		}
	}
}
