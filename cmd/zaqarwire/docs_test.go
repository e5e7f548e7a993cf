// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"context"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

func TestDocsSayInOneLineWhyNothingWasWritten(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		prepare func(t *testing.T, dir string)
		want    string
	}{
		"a folder that is read-only": {func(t *testing.T, dir string) {
			t.Helper()
			if os.Geteuid() == 0 {
				mount(t, dir, "ro")
			} else if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
		}, "permission denied|read-only file system"},
		"a disk that is too small": {func(t *testing.T, dir string) {
			t.Helper()
			mount(t, dir, "size=1m")
		}, "no space left on device"},
		"a folder in place of a page": {func(t *testing.T, dir string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Join(dir, "requirements", "CLM-3.html"), 0o700); err != nil {
				t.Fatal(err)
			}
		}, "CLM-3.html is a folder"},
		"a file in place of a folder": {func(t *testing.T, dir string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, "requirements"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			tc.prepare(t, dir)
			before := contents(t, dir)
			code, stdout, stderr := command(t, "", "docs", "-o", dir)
			if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !regexp.MustCompile(tc.want).MatchString(stderr) {
				t.Errorf("exit code %d, stdout %q, stderr %q, want 2 and one line: %s", code, stdout, stderr, tc.want)
			}
			if after := contents(t, dir); !maps.Equal(after, before) {
				t.Errorf("the folder holds %d files, want the %d of before", len(after), len(before))
			}
		})
	}
}

// mount puts a file system in memory at dir; without the right to, the test is left out.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", options, "none", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.CommandContext(context.WithoutCancel(t.Context()), "umount", dir).CombinedOutput(); err != nil {
			t.Errorf("unmount: %v: %s", err, out)
		}
	})
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

func TestDocsTakeAnExampleAlongAndLeadToIt(t *testing.T) {
	t.Parallel()
	example, site := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"matrix.html": "side by side", "zaqar/index.html": "by itself", "zaqar/result.json": "{}"} {
		path := filepath.Join(example, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, stderr := command(t, "", "docs", "-o", site, "--example", example); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for name, want := range map[string]string{
		"index.html": `href="example/matrix.html"`, "example/matrix.html": "side by side", "example/zaqar/index.html": "by itself",
	} {
		if text, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name))); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not have %q (%v)", name, want, err)
		}
	}
	if _, err := os.Stat(filepath.Join(site, "example", "zaqar", "result.json")); !os.IsNotExist(err) {
		t.Errorf("result.json came along: %v", err)
	}
	if code, _, stderr := command(t, "", "docs", "-o", site, "--example", site); code != exitUsage || !strings.Contains(stderr, "has no matrix.html") {
		t.Errorf("a folder without a matrix: exit code %d: %s", code, stderr)
	}
}

func TestDocsOfferTheVectorsOfAFolder(t *testing.T) {
	t.Parallel()
	site := t.TempDir()
	if code, _, stderr := command(t, "", "docs", "-o", site, "--vectors", filepath.Join("..", "..", "testdata", "vectors")); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	name := filepath.Join(site, "downloads", "vectors.zip")
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, want := range []string{"vectors/claims.json", "vectors/shapes.json", "vectors/vectors.schema.json"} {
		if _, err := fs.Stat(z, want); err != nil {
			t.Errorf("the zip lacks %s: %v", want, err)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Size() > 2<<20 {
		t.Errorf("the zip has %d bytes, want at most 2 MiB", info.Size())
	}
	if code, _, stderr := command(t, "", "docs", "-o", site, "--vectors", site); code != exitUsage || !strings.Contains(stderr, "has no shapes.json") {
		t.Errorf("a folder without vectors: exit code %d: %s", code, stderr)
	}
}
