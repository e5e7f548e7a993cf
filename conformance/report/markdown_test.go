// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for name, r := range runs() {
		if name == "hostile" {
			continue
		}
		got, err := Markdown(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		got = counts.ReplaceAll(got, []byte("covered N/N MUST"))
		path := filepath.Join("testdata", "summary-"+strings.ReplaceAll(name, " ", "-")+".md")
		if *rewrite {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date (-rewrite, then read the diff):\n%s", path, got)
		}
	}
}

// shape counts the kinds of nodes of a text, but for words.
func shape(markdown []byte) map[string]int {
	kinds := map[string]int{}
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(markdown))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() != ast.KindText {
			kinds[n.Kind().String()]++
		}
		return ast.WalkContinue, nil
	})
	return kinds
}

func TestNothingThatATargetSendsEndsItsCode(t *testing.T) {
	t.Parallel()
	plain, err := Markdown(result(), "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	want := shape(plain)
	for _, evil := range []string{
		"`", "``` \n\n# heading", "`` <script>alert(1)</script> ``", "<img src=x onerror=y>", "[a](https://example.org)",
		"https://example.org", "![i](https://example.org/i.png)", "| a | b |", "\n\n- item\n", "\r\n> quote", "*em* **strong** ~~gone~~",
		"\u2028# line\u202e", strings.Repeat("`", 500), "@everyone <!-- ", "\\`", "a`b``c```d", "</code></pre>", "\n```\n</details>\n", " ` ", "",
	} {
		r := result()
		for i := range r.Cases {
			if f := r.Cases[i].Failure; f != nil {
				one := *f
				one.Expected, one.Actual = "was "+evil, evil
				r.Cases[i].Failure = &one
			}
			if r.Cases[i].Reason != "" {
				r.Cases[i].Reason = evil
			}
		}
		r.URL = "ws://127.0.0.1:9000/" + evil
		got, err := Markdown(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		have := shape(got)
		if evil == "" {
			have["CodeSpan"] += strings.Count(string(got), "(nothing)")
		}
		for kind := range have {
			if have[kind] != want[kind] {
				t.Errorf("%q makes %d of %s, want %d:\n%s", evil, have[kind], kind, want[kind], got)
			}
		}
	}
}
