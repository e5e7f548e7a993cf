// SPDX-License-Identifier: Apache-2.0

// Package recipes_test lints the recipes, and runs what is in them as those would who
// are told to: GitHub's runner, a builder of images, Kubernetes, a reader of the README.
package recipes_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// root is the repository's.
const root = "../.."

// command is zaqarwire, built once for all tests.
var command string

// TestMain builds it. Without it every test fails.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zaqarwire-recipes")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "zaqarwire")
	build := exec.CommandContext(context.Background(), "go", "build", "-C", root, "-o", command, "./cmd/zaqarwire")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build zaqarwire: %v\n%s", err, out)
	}
	m.Run()
}

func read(t *testing.T, name string) string {
	t.Helper()

	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// start runs a command that serves until it is stopped, at the end of the test at the
// latest, and returns its URL. It has to end well when it is asked to.
func start(t *testing.T, cmd *exec.Cmd) (url string, stop func()) {
	t.Helper()

	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		stuck := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		defer stuck.Stop()
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v ended with %v", cmd.Args, err)
		}
	})
	t.Cleanup(stop)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		for word := range strings.FieldsSeq(lines.Text()) {
			if strings.HasPrefix(word, "ws://") {
				return word, stop
			}
		}
	}
	t.Fatalf("%v named no URL", cmd.Args)
	return "", nil
}

// serve starts the reference server, with a seeded fault if one is named.
func serve(t *testing.T, mutant string) string {
	t.Helper()

	args := []string{"serve", "--listen", "127.0.0.1:0"}
	if mutant != "" {
		args = append(args, "--mutant", mutant)
	}
	url, _ := start(t, exec.CommandContext(context.Background(), command, args...))
	return url
}

// exitCode is what a command ended with.
func exitCode(t *testing.T, err error) int {
	t.Helper()

	if err == nil {
		return 0
	}
	failed, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		t.Fatal(err)
	}
	return failed.ExitCode()
}
