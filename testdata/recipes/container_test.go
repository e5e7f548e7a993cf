// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"context"
	"debug/elf"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// A stage of the Containerfile, as it is built here: a folder stands for its file
// system, without what its base image has.
type stage struct {
	name, workdir, dir, user string
	entrypoint, cmd          []string
}

// in is where a path of the stage is.
func (s *stage) in(name string) string {
	if !path.IsAbs(name) {
		name = path.Join("/", s.workdir, name)
	}
	return filepath.Join(s.dir, filepath.FromSlash(name))
}

// instructions are those of the Containerfile, with their words.
func instructions(t *testing.T) [][]string {
	t.Helper()

	var all [][]string
	for line := range strings.Lines(read(t, "Containerfile")) {
		line = strings.TrimSpace(line)
		if strings.HasSuffix(line, `\`) {
			t.Fatalf("this test knows no continued line: %s", line)
		}
		if line != "" && !strings.HasPrefix(line, "#") {
			name, rest, _ := strings.Cut(line, " ")
			all = append(all, append([]string{name, rest}, strings.Fields(rest)...))
		}
	}
	return all
}

// build carries out the Containerfile and returns its last stage.
func build(t *testing.T) *stage {
	t.Helper()

	stages := map[string]*stage{}
	var s *stage
	for _, i := range instructions(t) {
		name, rest, words := i[0], i[1], i[2:]
		switch name {
		case "FROM":
			s = &stage{dir: t.TempDir()}
			if len(words) == 3 && words[1] == "AS" {
				s.name = words[2]
			}
			stages[s.name] = s
		case "WORKDIR":
			s.workdir = rest
			if err := os.MkdirAll(s.in("."), 0o755); err != nil {
				t.Fatal(err)
			}
		case "COPY":
			s.copy(t, stages, words)
		case "RUN":
			cmd := exec.CommandContext(t.Context(), "sh", "-c", rest)
			cmd.Dir = s.in(".")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("RUN %s: %v\n%s", rest, err, out)
			}
		case "USER":
			s.user = rest
		case "ENTRYPOINT":
			s.entrypoint = list(t, rest)
		case "CMD":
			s.cmd = list(t, rest)
		case "EXPOSE": // tells people
		default:
			t.Fatalf("this test does not know the instruction %s", name)
		}
	}
	return s
}

func list(t *testing.T, text string) (words []string) {
	t.Helper()

	if err := json.Unmarshal([]byte(text), &words); err != nil {
		t.Fatalf("%s: %v; a shell is not in the image", text, err)
	}
	return words
}

// copy copies from the context, less what .dockerignore names, or from a stage.
func (s *stage) copy(t *testing.T, stages map[string]*stage, words []string) {
	t.Helper()

	from, ignored := &stage{dir: root}, strings.Fields(read(t, ".dockerignore"))
	for strings.HasPrefix(words[0], "--") {
		if name, ok := strings.CutPrefix(words[0], "--from="); ok {
			from, ignored = stages[name], nil
		}
		words = words[1:]
	}
	sources, to := words[:len(words)-1], words[len(words)-1]
	for _, source := range sources {
		if source == "/etc/ssl/certs/ca-certificates.crt" {
			continue // it is in the base image
		}
		target := s.in(to)
		info, err := os.Stat(from.in(source))
		if err != nil {
			t.Fatal(err)
		}
		if !info.IsDir() {
			if err := os.MkdirAll(target, 0o755); err != nil {
				t.Fatal(err)
			}
			target = filepath.Join(target, path.Base(source))
		}
		if err := copyTree(target, from.in(source), ignored); err != nil {
			t.Fatalf("COPY %s: %v", strings.Join(words, " "), err)
		}
	}
}

func copyTree(to, from string, ignored []string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rest, _ := filepath.Rel(from, name) // it is below
		target := filepath.Join(to, rest)
		switch {
		case slices.Contains(ignored, rest) && d.IsDir():
			return fs.SkipDir
		case slices.Contains(ignored, rest):
			return nil
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, info.Mode())
	})
}

// exec is a command of the image, as its user; arguments take the place of CMD.
func (s *stage) exec(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()

	cmd := exec.CommandContext(context.Background(), s.in(s.entrypoint[0]), append(s.entrypoint[1:], args...)...)
	cmd.Dir, cmd.Env = s.in("."), []string{}
	if os.Geteuid() != 0 {
		return cmd
	}
	uid, _, _ := strings.Cut(s.user, ":")
	id, err := strconv.ParseUint(uid, 10, 32)
	if err != nil || id == 0 {
		t.Fatalf("USER is %q, want a number that is not root's", s.user)
	}
	if err := os.Chmod(filepath.Dir(s.dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(cmd.Dir, int(id), int(id)); err != nil {
		t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(id), Gid: uint32(id)}}
	return cmd
}

func TestTheImageServesAndChecks(t *testing.T) {
	s := build(t)
	file, err := elf.Open(s.in(s.entrypoint[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range file.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the command is linked dynamically, and nothing else is in the image")
		}
	}

	serving := slices.Clone(s.cmd)
	if i := slices.Index(serving, "0.0.0.0:9000"); i < 0 {
		t.Fatalf("CMD is %q, want it to listen where the image exposes", serving)
	} else {
		serving[i] = "127.0.0.1:0" // another port: this machine is shared
	}
	url, _ := start(t, s.exec(t, serving...))
	if out, err := s.exec(t, "check", url, "-o", ".", "--case", "CLM-3").CombinedOutput(); err != nil {
		t.Fatalf("check: %v\n%s", err, out)
	}
	if _, err := os.Stat(s.in("result.json")); err != nil {
		t.Errorf("the report is not where the image works: %v", err)
	}
}
