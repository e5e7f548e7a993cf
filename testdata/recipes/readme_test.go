// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A reader works through the README in one folder, from its first block to its last.
type reader struct {
	*testing.T

	dir, server string   // server is where the README's server listens, as host and port
	env         []string // of each command
	stop        func()   // ends the server that runs, if one does
}

// theirs is the address that the README gives its servers.
const theirs = "127.0.0.1:9000"

var (
	block     = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	goRun     = regexp.MustCompile(`\bgo run \./cmd/zaqarwire\b`)
	comment   = regexp.MustCompile(`\s+#.*$`)
	makes     = regexp.MustCompile(`^make ([a-z]+)((?: [A-Z]+=\S+)*)$`)
	container = regexp.MustCompile(`^(?:podman|docker) run(?: --rm| --network host| -v \S+| -p \S+)* zaqarwire\b`)
	faulty    = regexp.MustCompile(`^zaqarwire check .*--mutant `)
	readable  = regexp.MustCompile(`^(?:[A-Z_]+=\S+ )*(?:zaqarwire|go|python3|node|npx?|cat|cd) `)
)

// Each command of the README is run as it stands, but for where servers listen, and
// for what another test runs: targets of make, and images. Those within its sentences
// come after those of its blocks.
func TestEveryCommandOfTheReadmeWorks(t *testing.T) {
	r := newReader(t)
	for _, b := range block.FindAllStringSubmatch(read(t, "README.md"), -1) {
		switch language, text := b[1], b[2]; language {
		case "sh":
			for line := range strings.Lines(text) {
				r.do(strings.TrimSpace(comment.ReplaceAllString(strings.TrimRight(line, "\n"), "")))
			}
		case "yaml":
			r.isPartOf(text, "testdata/recipes/workflow.yml")
		case "go":
			r.compiles(text)
		case "": // output, or a drawing
		default:
			t.Errorf("a block in %q: this test does not know how to run it", language)
		}
	}
	for _, line := range inline(t) {
		r.do(line)
	}
}

// newReader gives a reader a folder that looks like the repository and takes reports.
func newReader(t *testing.T) *reader {
	t.Helper()

	r := &reader{T: t, dir: t.TempDir()}
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(here)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != "zaqarwire-report" && name != "site" {
			if err := os.Symlink(filepath.Join(here, name), filepath.Join(r.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed at once
	if err != nil {
		t.Fatal(err)
	}
	r.server = l.Addr().String()
	_ = l.Close()
	bin := filepath.Dir(command)
	r.env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "GOBIN="+t.TempDir(), "ZAQARWIRE="+command)
	return r
}

// What a line of the README is to this test.
const (
	nothing = iota
	unknown
	target // of make: CI runs those
	elsewhere
	server
	runs
)

// kind says which it is. The line names zaqarwire where the README has go run or an image.
func kind(line string) int {
	first, _, _ := strings.Cut(line, " ")
	switch {
	case line == "":
		return nothing
	case makes.MatchString(line):
		return target
	case first == "kubectl", strings.HasPrefix(line, "podman build "), strings.HasPrefix(line, "docker build "),
		strings.HasPrefix(line, "podman volume "):
		return elsewhere
	case line == "zaqarwire", strings.HasPrefix(line, "zaqarwire serve"):
		return server
	case readable.MatchString(line):
		return runs
	}
	return unknown
}

// do does what one line says.
func (r *reader) do(line string) {
	r.Helper()

	line = strings.ReplaceAll(goRun.ReplaceAllString(line, "zaqarwire"), theirs, r.server)
	line = container.ReplaceAllString(line, "zaqarwire")
	switch kind(line) {
	case nothing:
	case target:
		if !strings.Contains(read(r.T, "Makefile"), "\n"+makes.FindStringSubmatch(line)[1]+":") {
			r.Errorf("%s: there is no such target", line)
		}
	case elsewhere:
		r.namesFiles(line)
	case server:
		if line == "zaqarwire" { // an image serves, unless it is told otherwise
			line += " serve"
		}
		if !strings.Contains(line, " --listen ") {
			line += " --listen " + r.server
		}
		r.serve(line)
	case runs:
		if r.stop == nil {
			r.serve("zaqarwire serve --listen " + r.server)
		}
		r.run(line)
	default:
		r.Errorf("%s: this test does not know how to run it", line)
	}
}

func TestUnknownCommandsAreNotPassedOver(t *testing.T) {
	for line, want := range map[string]int{
		"zaqarwire check": runs, "ZAQARWIRE_TOKEN=x zaqarwire check": runs, "zaqarwire serve --listen :0": server,
		"make test": target, "make fuzz FUZZTIME=1s": target, "make test && rm x": unknown,
		"frobnicate": unknown, "zaqarwired check": unknown, "podman pull x": unknown, "sudo make test": unknown,
	} {
		if got := kind(line); got != want {
			t.Errorf("kind(%q) = %d, want %d", line, got, want)
		}
	}
}

// namesFiles looks whether the files of a command that other tests stand for are there.
func (r *reader) namesFiles(line string) {
	r.Helper()

	for word := range strings.FieldsSeq(line) {
		if strings.Contains(word, "/") || strings.HasSuffix(word, "file") {
			if _, err := os.Stat(filepath.Join(r.dir, word)); err != nil && !strings.HasPrefix(word, "job/") {
				r.Errorf("%s: %v", line, err)
			}
		}
	}
}

// serve starts a server for this and all later commands, in the place of the one before.
func (r *reader) serve(line string) {
	r.Helper()

	if r.stop != nil {
		r.stop()
	}
	_, r.stop = start(r.T, r.shell("exec "+line))
}

func (r *reader) shell(line string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), "bash", "-euo", "pipefail", "-c", line)
	cmd.Dir, cmd.Env = r.dir, r.env
	return cmd
}

// run runs a line, which has to end well; the check of a faulty server, as a check does that finds it out.
func (r *reader) run(line string) {
	r.Helper()

	began := time.Now()
	want := 0
	if faulty.MatchString(line) {
		want = 1
	}
	out, err := r.shell(line).CombinedOutput()
	r.Logf("%.1f s: %s", time.Since(began).Seconds(), line)
	if code := exitCode(r.T, err); code != want {
		r.Errorf("%s: ended with %d, want %d\n%s", line, code, want, out)
	}
}

// isPartOf holds what the README shows of a file to that file.
func (r *reader) isPartOf(text, file string) {
	r.Helper()

	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if !strings.Contains(squeeze(read(r.T, file)), squeeze(text)) {
		r.Errorf("the README shows what %s does not hold:\n%s", file, text)
	}
}

// compiles builds Go of the README as a test of the example module.
func (r *reader) compiles(text string) {
	r.Helper()

	dir := r.TempDir()
	here, err := filepath.Abs(root)
	if err != nil {
		r.Fatal(err)
	}
	module := strings.Replace(read(r.T, "testdata/recipes/gotest/go.mod"), "../../..", here, 1)
	for name, content := range map[string]string{
		"go.mod": module, "go.sum": read(r.T, "testdata/recipes/gotest/go.sum"), "readme_test.go": "package server\n\n" + text,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			r.Fatal(err)
		}
	}
	cmd := r.shell(fmt.Sprintf("go vet -C %q .", dir))
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Errorf("the README's Go does not compile: %v\n%s\n%s", err, text, out)
	}
}
