// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesTakeTheirPlacesAllOrNone(t *testing.T) {
	t.Parallel()
	old := []file{{"a.txt", []byte("old a")}, {"c.txt", []byte("old c")}, {"d.txt", []byte("old d")}}
	for name, tc := range map[string]struct {
		blocked string // by a folder
		want    map[string]string
	}{
		"nothing is in the way": {"", map[string]string{"a.txt": "new a", "b.txt": "new b", "c.txt": "new c", "d.txt": "new d"}},
		"the first is":          {"a.txt", map[string]string{"a.txt": "", "c.txt": "old c", "d.txt": "old d"}},
		"the last is":           {"d.txt", map[string]string{"a.txt": "old a", "c.txt": "old c", "d.txt": ""}},
		"a new one is":          {"b.txt", map[string]string{"a.txt": "old a", "b.txt": "", "c.txt": "old c", "d.txt": "old d"}},
	} {
		dir := t.TempDir()
		if err := writeFiles(dir, old); err != nil {
			t.Fatal(err)
		}
		if tc.blocked != "" {
			_ = os.Remove(filepath.Join(dir, tc.blocked))
			if err := os.Mkdir(filepath.Join(dir, tc.blocked), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		err := writeFiles(dir, []file{
			{"a.txt", []byte("new a")}, {"b.txt", []byte("new b")}, {"c.txt", []byte("new c")}, {"d.txt", []byte("new d")},
		})
		if (err != nil) != (tc.blocked != "") || err != nil && !strings.Contains(err.Error(), tc.blocked+" is a folder") {
			t.Errorf("%s: %v", name, err)
		}
		if got := contents(t, dir); !maps.Equal(got, tc.want) {
			t.Errorf("%s: the folder holds %v, want %v", name, got, tc.want)
		}
	}
}

func TestALinkMayLeadToTheFolder(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	link, nowhere := filepath.Join(root, "link"), filepath.Join(root, "nowhere")
	for name, to := range map[string]string{link: t.TempDir(), nowhere: filepath.Join(root, "not there")} {
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err)
		}
	}
	if err := writeFiles(link, []file{{"a.txt", []byte("a")}}); err != nil || contents(t, link)["a.txt"] != "a" {
		t.Errorf("through a link: %v", err)
	}
	if err := writeFiles(nowhere, nil); err == nil || !strings.Contains(err.Error(), "nowhere leads to "+root) {
		t.Errorf("through a link to nowhere: %v", err)
	}
}
