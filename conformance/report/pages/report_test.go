// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Servers whose reports are looked at: the sound one, one that fails in a few cases,
// one that fails in nearly all.
var servers = []string{"", "claim-steals-live-lease", "queue-create/echo/body-empty"}

// document is a page, parsed.
type document struct {
	*html.Node

	text string
}

func parsed(t *testing.T, page []byte, err error) document {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	node, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return document{node, string(page)}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// all are the values of an attribute, wherever it is.
func (d document) all(key string) (values []string) {
	for n := range d.Descendants() {
		if v := attr(n, key); v != "" {
			values = append(values, v)
		}
	}
	return values
}

// byID is the element with an id; nil if there is none.
func (d document) byID(id string) *html.Node {
	for n := range d.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	return nil
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// unpacked are the articles that the script unpacks.
func (d document) unpacked(t *testing.T) (articles []string) {
	t.Helper()
	n := d.byID("packed")
	if n == nil {
		return nil
	}
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(n.FirstChild.Data)))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(&articles); err != nil {
		t.Fatal(err)
	}
	return articles
}

func TestEveryLinkOfAReportLeadsSomewhere(t *testing.T) {
	t.Parallel()
	for _, name := range servers {
		page, err := Report(realResult(t, name), "0.1.0")
		d := parsed(t, page, err)
		ids := d.all("id")
		slices.Sort(ids)
		if once := slices.Compact(slices.Clone(ids)); len(once) != len(ids) {
			t.Errorf("%q: %d ids are there twice", name, len(ids)-len(once))
		}
		for _, href := range d.all("href") {
			fragment, within := strings.CutPrefix(href, "#")
			id, err := url.PathUnescape(fragment)
			if _, found := slices.BinarySearch(ids, id); within && (!found || err != nil) {
				t.Errorf("%q: a link leads to %s, which is not there", name, href)
			}
			if !within && !strings.HasPrefix(href, "https://github.com/zaqarwire/zaqarwire/") {
				t.Errorf("%q: a link leads to %s", name, href)
			}
		}
	}
}

func TestEveryLinkOfAMatrixLeadsSomewhere(t *testing.T) {
	t.Parallel()
	var all []Named
	for _, name := range servers {
		all = append(all, Named{Name: name, Result: realResult(t, name)})
	}
	all[1].Report = "other/index.html"
	page, err := Matrix(all, "0.1.0")
	d := parsed(t, page, err)
	other, err := Report(all[1].Result, "0.1.0")
	there, beside := d.all("id"), parsed(t, other, err).all("id")
	within, out := 0, 0
	for _, href := range d.all("href") {
		file, fragment, _ := strings.Cut(href, "#")
		id, err := url.PathUnescape(fragment)
		ids := there
		switch file {
		case "":
			within++
		case "other/index.html":
			out++
			ids = beside
		default:
			t.Errorf("a link leads to %s", href)
		}
		if err != nil || fragment != "" && !slices.Contains(ids, id) {
			t.Errorf("a link leads to %s, which is not there", href)
		}
	}
	if within == 0 || out == 0 {
		t.Errorf("%d links lead to the page itself, %d to a report", within, out)
	}
	for _, c := range all[0].Result.Cases {
		if !slices.Contains(there, string(c.Requirement)) {
			t.Fatalf("nothing has the id %s", c.Requirement)
		}
	}
}

func TestACrossWithoutAReportTellsWhatWasFound(t *testing.T) {
	t.Parallel()
	r := realResult(t, servers[1])
	page, err := Matrix([]Named{{Name: "a", Result: r}}, "0.1.0")
	d := parsed(t, page, err)
	failures := 0
	for _, c := range r.Cases {
		if c.Failure == nil || c.Format != "json" {
			continue
		}
		failures++
		row := textOf(d.byID(c.Case))
		for _, want := range []string{cut(c.Failure.Expected, maxShort), cut(c.Failure.Actual, maxShort)} {
			if !strings.Contains(row, want) {
				t.Errorf("the row of %s does not say %q:\n%s", c.Case, want, row)
			}
		}
	}
	if failures == 0 {
		t.Error("nothing failed")
	}
}

func TestAReportAsksForNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	page, err := Report(realResult(t, servers[1]), "0.1.0")
	d := parsed(t, page, err)
	if got := slices.Concat(d.all("src"), d.all("srcset"), d.all("action"), d.all("data"), d.all("style")); len(got) > 0 {
		t.Errorf("it has %q", got)
	}
	for n := range d.Descendants() {
		if slices.Contains([]string{"link", "iframe", "object", "img", "base"}, n.Data) && n.Type == html.ElementNode {
			t.Errorf("it has <%s>", n.Data)
		}
		if n.Data == "style" && (strings.Contains(textOf(n), "url(") || strings.Contains(textOf(n), "@import")) {
			t.Error("its style asks for more")
		}
		if n.Data == "style" || n.Data == "script" && attr(n, "type") == "" {
			if !strings.Contains(html.UnescapeString(d.text[:2000]), "'"+digest(textOf(n))+"'") {
				t.Errorf("its policy does not let its own <%s> in", n.Data)
			}
		}
	}
}

func TestEveryResultIsFound(t *testing.T) {
	t.Parallel()
	for _, name := range servers {
		r := realResult(t, name)
		page, err := Report(r, "0.1.0")
		d := parsed(t, page, err)
		articles := d.unpacked(t)
		ids := map[string]*html.Node{}
		for n := range d.Descendants() {
			ids[attr(n, "id")] = n
		}
		for _, c := range r.Cases {
			if ids[c.Case] == nil || ids[string(c.Requirement)] == nil {
				t.Fatalf("%q: nothing has the id %s or %s", name, c.Case, c.Requirement)
			}
			if c.Failure == nil {
				continue
			}
			one := ids[fmt.Sprintf("%s[%s]", c.Case, c.Format)]
			if one == nil {
				t.Fatalf("%q: nothing has the id %s[%s]", name, c.Case, c.Format)
			}
			text := textOf(one)
			if packed := attr(one, "data-packed"); packed != "" {
				var n int
				fmt.Sscan(packed, &n)
				text += textOf(parsed(t, []byte(articles[n]), nil).Node)
			}
			again := fmt.Sprintf("zaqarwire check '%s' --case %s --format %s --seed ", r.URL, c.Case, c.Format)
			for _, want := range []string{c.Failure.Expected, c.Failure.Actual, again} {
				if !strings.Contains(text, want) {
					t.Fatalf("%q: %s does not say %q:\n%s", name, c.Case, want, text)
				}
			}
		}
	}
}

func TestAFailureIsSeenFromTheTop(t *testing.T) {
	t.Parallel()
	r := realResult(t, servers[1])
	run := Run{Result: r, Version: "0.1.0", Faults: map[spec.ID][]string{spec.CLM8: {"claim-steals-live-lease"}}}
	page, err := run.HTML()
	d := parsed(t, page, err)
	top := textOf(d.byID("matrix"))
	top, _, _ = strings.Cut(top, "chapter, requirement, case")
	rule, _ := spec.Get(spec.CLM8)
	for _, want := range []string{"CLM-8 MUST", rule.Text, "expected", "actual"} {
		if !strings.Contains(top, want) {
			t.Errorf("it does not begin with %q:\n%s", want, top)
		}
	}
	sentence := d.byID("CLM-8")
	if !strings.Contains(attr(sentence, "class"), "fail") || !strings.Contains(textOf(sentence), "claim-steals-live-lease") {
		t.Errorf("CLM-8 is %q:\n%s", attr(sentence, "class"), textOf(sentence))
	}
	if got := attr(d.byID("CLM-3"), "class"); !strings.Contains(got, "pass") {
		t.Errorf("CLM-3 is %q", got)
	}
}

func TestTheFieldThatDiffersIsMarked(t *testing.T) {
	t.Parallel()
	page, err := Report(realResult(t, servers[2]), "0.1.0")
	d := parsed(t, page, err)
	marked := 0
	for _, article := range append(d.unpacked(t), d.text) {
		_, wrong, found := strings.Cut(article, `wrong"`)
		if found && strings.Contains(wrong, "decoded MessagePack") && strings.Contains(wrong, "<mark>") {
			marked++
		}
	}
	if marked < 50 {
		t.Errorf("%d articles mark what differs", marked)
	}
}

func TestAReportStaysSmall(t *testing.T) {
	t.Parallel()
	faults := map[spec.ID][]string{}
	for _, m := range mutants.Seeded() {
		faults[m.Breaks] = append(faults[m.Breaks], m.Name)
	}
	for _, name := range servers {
		r := realResult(t, name)
		cases := map[string]bool{}
		for _, c := range r.Cases {
			cases[c.Case] = true
		}
		if len(cases) < 400 {
			t.Fatalf("only %d cases", len(cases))
		}
		page, err := Run{Result: r, Version: "0.1.0", Faults: faults}.HTML()
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%q: %d cases, %d of %d results not passed, %d bytes", name, len(cases), len(r.Cases)-r.Count(conformance.Pass), len(r.Cases), len(page))
		if len(page) > 1_000_000 {
			t.Errorf("%q: %d cases take %d bytes", name, len(cases), len(page))
		}
	}
}
