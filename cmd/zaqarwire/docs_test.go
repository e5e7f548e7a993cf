// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDocsWritesTheSiteAndSaysWhereItBegins(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "site")
	code, stdout, stderr := command(t, "", "docs", "-o", dir)
	if code != exitOK || strings.TrimSpace(stdout) != filepath.Join(dir, "index.html") {
		t.Fatalf("exit code %d, stdout %q: %s", code, stdout, stderr)
	}
	for _, name := range []string{"index.html", "claims.html", filepath.Join("requirements", "CLM-3.html"), "search-index.js"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(text) == 0 {
			t.Errorf("%s has %d bytes, %v", name, len(text), err)
		}
	}
}

func TestDocsLeaveNothingHalfDoneInAFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := command(t, "", "docs", "-o", dir)
	if code != exitUsage || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "permission denied") {
		t.Errorf("exit code %d, stderr %q, want 2 and one line", code, stderr)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("%v was left behind", files)
	}
}

func TestAFileThatCannotBeReplacedIsLeftAsItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "page.html", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeFiles(dir, []file{{"page.html", []byte("text")}}); err == nil {
		t.Error("writeFiles() succeeded, want an error")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("%v was left behind", files)
	}
}
