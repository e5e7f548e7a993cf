// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

const (
	mine   = "mine-token-0123456789"
	theirs = "theirs-token-0123456789"
)

// guarded is a server that asks for tokens, and its URL.
func guarded(t *testing.T) string {
	t.Helper()
	tokens, err := auth.ReadTokens(strings.NewReader(mine + " alpha\n" + theirs + " beta\n"))
	if err != nil {
		t.Fatal(err)
	}
	return zaqarWith(t, refserver.Options{Auth: tokens})
}

// written is a file that holds a text, and that nobody else may read.
func written(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestATargetThatAsksWhoCallsIsJudgedWithATokenAlone(t *testing.T) {
	t.Parallel()
	url := guarded(t)
	file := written(t, mine+"\n", 0o600)
	for name, tc := range map[string]struct {
		args []string
		env  string
		code int
		says string
	}{
		"no token":               {nil, "", exitUsage, "was given no token"},
		"a token":                {[]string{"--project", "alpha", "--token", mine}, "", exitOK, "NO FAILURE"},
		"a file":                 {[]string{"--project", "alpha", "--token", "@" + file}, "", exitOK, "NO FAILURE"},
		"the environment":        {[]string{"--project", "alpha"}, mine, exitOK, "NO FAILURE"},
		"two identities":         {[]string{"--project", "alpha", "--other-token", theirs, "--other-project", "beta"}, mine, exitOK, "NO FAILURE"},
		"a bad token":            {[]string{"--project", "alpha", "--token", mine + "x"}, "", exitUsage, "refuses the token for project alpha with status 401"},
		"of another project":     {[]string{"--project", "beta", "--token", mine}, "", exitUsage, "refuses the token for project beta with status 403"},
		"no project":             {[]string{"--token", mine}, "", exitUsage, "--token needs --project"},
		"no second project":      {[]string{"--project", "alpha", "--other-token", theirs}, mine, exitUsage, "needs both a token and its project"},
		"the same project twice": {[]string{"--project", "alpha", "--other-token", mine, "--other-project", "alpha"}, mine, exitUsage, "another project"},
		"a second without one":   {[]string{"--project", "alpha", "--admin-token", mine}, "", exitUsage, "a second token needs a first"},
		"no such file":           {[]string{"--project", "alpha", "--token", "@/nowhere"}, "", exitUsage, "cannot read the token of --token"},
		"an empty flag":          {[]string{"--project", "alpha", "--token", ""}, "", exitUsage, "--token is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := process(t, append([]string{"check", url, "--fast", "--case", "QUE-5", "--case", "AUT-5", "--case", "AUT-12"}, tc.args...)...)
			cmd.Env = append(cmd.Env, "ZAQARWIRE_TOKEN="+tc.env)
			out, _ := cmd.CombinedOutput() // the exit code is what counts
			if code := cmd.ProcessState.ExitCode(); code != tc.code || !strings.Contains(strings.Join(strings.Fields(string(out)), " "), tc.says) {
				t.Errorf("exit code %d, want %d and %q\n%s", code, tc.code, tc.says, out)
			}
			wantNoToken(t, "the output", out)
			if result, err := os.ReadFile(filepath.Join(cmd.Dir, "zaqarwire-report", "result.json")); err == nil {
				wantNoToken(t, "the result", result)
			}
		})
	}
}

func wantNoToken(t *testing.T, what string, text []byte) {
	t.Helper()
	for _, token := range []string{mine, theirs} {
		if strings.Contains(string(text), token) {
			t.Errorf("%s shows a token:\n%s", what, text)
		}
	}
}

func TestNoReportOfAFailureShowsAToken(t *testing.T) {
	t.Parallel()
	for _, mutant := range []string{"token-comes-back", "refused-token-comes-back", "project-of-the-request-decides"} {
		cmd := process(t, "serve", "--listen", "127.0.0.1:0", "--mutant", mutant, "--tokens",
			written(t, mine+" alpha\n"+theirs+" beta\n", 0o600), "-v")
		url, log := served(t, cmd)
		run := process(t, "check", url, "--fast", "--case", "AUT", "--keep-transcripts", "-v", "--project", "alpha",
			"--other-token", theirs, "--other-project", "beta")
		for _, k := range reportKinds {
			run.Args = append(run.Args, "--report", k.kind)
		}
		run.Env = append(run.Env, "ZAQARWIRE_TOKEN="+mine)
		out, _ := run.CombinedOutput() // as above
		if code := run.ProcessState.ExitCode(); code != exitFailed {
			t.Errorf("%s: exit code %d, want 1\n%s", mutant, code, out)
		}
		if !strings.Contains(string(out), `--token "$ZAQARWIRE_TOKEN"`) {
			t.Errorf("%s: no command that repeats a failure names the variable of the token\n%s", mutant, out)
		}
		wantNoToken(t, "the output", out)
		for _, k := range reportKinds {
			text, err := os.ReadFile(filepath.Join(run.Dir, "zaqarwire-report", k.name))
			if err != nil {
				t.Error(err)
			}
			wantNoToken(t, k.name, text)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		wantNoToken(t, "the server's log", []byte(log.String()))
	}
}

func TestTheCommandThatRepeatsARunHoldsNoToken(t *testing.T) {
	t.Setenv("ZAQARWIRE_TOKEN", "")
	var c check
	c.o.Target.URL, c.o.Target.Project = "ws://127.0.0.1:9000", "alpha"
	c.as = identities{
		token: secret{"token", "ZAQARWIRE_TOKEN", mine}, other: secret{"other-token", "ZAQARWIRE_OTHER_TOKEN", "@a file"},
		otherProject: "beta",
	}
	const want = `zaqarwire check ws://127.0.0.1:9000 --project alpha --token "$ZAQARWIRE_TOKEN" --other-token '@a file' --other-project beta`
	if got := c.again(); got != want {
		t.Errorf("again() = %s, want %s", got, want)
	}
}

func TestCleanAndCallAuthenticate(t *testing.T) {
	t.Parallel()
	url := guarded(t)
	call := func(args ...string) (int, string) {
		code, stdout, stderr := child(t, append([]string{"call", url}, args...)...)
		wantNoToken(t, "the output", []byte(stdout+stderr))
		return code, stdout
	}
	create := []string{"queue_create", `{"queue_name": "zw-7f3a-1"}`, "--project", "alpha"}
	if code, stdout := call(create...); code != exitFailed || !strings.Contains(stdout, "403") {
		t.Errorf("without a token: exit code %d\n%s", code, stdout)
	}
	if code, stdout := call(append(create, "--token", theirs)...); code != exitFailed || strings.Contains(stdout, "queue_create") {
		t.Errorf("with a token of another project: exit code %d\n%s", code, stdout)
	}
	if code, stdout := call(append(create, "--token", mine)...); code != exitOK || !strings.Contains(stdout, "201") {
		t.Errorf("with a token: exit code %d\n%s", code, stdout)
	}
	if code, stdout := call("authenticate", "--msgpack", "--project", "alpha", "--token", mine); code != exitOK || !strings.Contains(stdout, "Authenticated.") {
		t.Errorf("authenticate alone: exit code %d\n%s", code, stdout)
	}

	journal := written(t, `{"zaqarwire_journal":1,"url":"`+url+`","seed":"7F3A","prefix":"zw-7f3a","project":"alpha"}
{"project":"alpha","queue":"zw-7f3a-1"}
`, 0o600)
	if code, _, stderr := child(t, "clean", "--journal", journal); code != exitUsage || !strings.Contains(stderr, "no token") {
		t.Errorf("clean without a token: exit code %d\n%s", code, stderr)
	}
	code, stdout, stderr := child(t, "clean", "--journal", journal, "--token", mine)
	if code != exitOK || !strings.Contains(stdout, "found 1, deleted 1") {
		t.Errorf("clean with a token: exit code %d\n%s%s", code, stdout, stderr)
	}
}

func TestServeIsParticularAboutWhoIsLetIn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"no such file":       {[]string{"--tokens", "/nowhere"}, "cannot read the tokens"},
		"a file for all":     {[]string{"--tokens", written(t, mine+" alpha", 0o644)}, "everybody may read the tokens"},
		"a bad file":         {[]string{"--tokens", written(t, mine, 0o600)}, "line 1: a token needs a project behind it"},
		"no user":            {[]string{"--keystone", "http://127.0.0.1:1/v3"}, "OS_USERNAME"},
		"no URL":             {[]string{"--keystone", "keystone"}, "http://"},
		"tokens and a cloud": {[]string{"--keystone", "http://127.0.0.1:1/v3", "--tokens", "x"}, "give one of them"},
	} {
		cmd := process(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, tc.args...)...)
		cmd.Env = append(cmd.Env, "OS_USERNAME=", "OS_APPLICATION_CREDENTIAL_ID=")
		out, _ := cmd.CombinedOutput() // as above
		if code := cmd.ProcessState.ExitCode(); code != exitUsage || !strings.Contains(string(out), tc.says) {
			t.Errorf("%s: exit code %d, want 2 and %q\n%s", name, code, tc.says, out)
		}
		wantNoToken(t, name, out)
	}
}

func TestAKeystoneThatIsDownIsNoFaultOfTheToken(t *testing.T) {
	t.Parallel()
	k, err := auth.NewKeystone(auth.KeystoneOptions{URL: "http://127.0.0.1:1/v3", Username: "u", Password: "p", Project: "s"})
	if err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := child(t, "check", zaqarWith(t, refserver.Options{Auth: k}), "--project", "alpha", "--token", mine)
	if code != exitUnreachable || !strings.Contains(stderr, "identity service") {
		t.Errorf("exit code %d, want 3 and a hint\n%s%s", code, stdout, stderr)
	}
}

func TestARunWithTokensCanBeJudgedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, stdout, stderr := child(t, "check", "--case", "AUT", "--case", "FRM-69", "--case", "FRM-70", "--keep-transcripts", "-o", dir); code != exitOK {
		t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
	}
	if code, stdout, stderr := child(t, "replay", filepath.Join(dir, "result.json")); code != exitOK {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

// served starts a server and waits for its URL. The log is what it has written to
// standard error.
func served(t *testing.T, cmd *exec.Cmd) (url string, log *logged) {
	t.Helper()
	log = new(logged)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("read the URL: %v", err)
	}
	return strings.TrimSpace(line), log
}

// logged is what a process has written so far.
type logged struct {
	mu   sync.Mutex
	text []byte
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	return len(p), nil
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

func TestPoolsAreCleanedUpByAnAdministrator(t *testing.T) {
	t.Parallel()
	const admin = "admin-token-0123456789"
	tokens, err := auth.ReadTokens(strings.NewReader(mine + " alpha\n" + admin + " alpha admin\n"))
	if err != nil {
		t.Fatal(err)
	}
	url, dir := zaqarWith(t, refserver.Options{Auth: tokens}), t.TempDir()
	journal := `{"zaqarwire_journal":1,"url":"` + url + `","seed":"7F3A","prefix":"zw-7f3a","project":"alpha"}` + "\n" +
		`{"project":"","queue":"zw-7f3a-a-1","kind":"pool"}` + "\n"
	if err := os.WriteFile(journalPath(dir, "7f3a"), []byte(journal), 0o600); err != nil {
		t.Fatal(err)
	}
	as := []string{"clean", "-o", dir, "--token", mine}
	if code, stdout, stderr := command(t, "", as...); code != exitFailed || !strings.Contains(stdout, "leaked 1") {
		t.Errorf("without an administrator: exit code %d\n%s%s", code, stdout, stderr)
	}
	if code, stdout, stderr := command(t, "", append(as, "--admin-token", admin)...); code != exitOK {
		t.Errorf("as an administrator: exit code %d\n%s%s", code, stdout, stderr)
	}
	i := identities{token: secret{"token", "", mine}, admin: secret{"admin-token", "", "@file"}}
	if got := strings.Join(i.needed(), " "); !strings.HasSuffix(got, "--admin-token @file") {
		t.Errorf("needed() = %s, want --admin-token in it", got)
	}
}
