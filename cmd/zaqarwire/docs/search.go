// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"encoding/json"
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
)

// found is one thing that the search knows: its sort, its name, where it is, and its
// words. Search.js reads them in that order.
type found [4]string

// searchIndex is all that the rendered pages say, as a script: a page in a folder may
// load one, and nothing else.
func searchIndex(pages []page) (File, error) {
	own := map[string]string{}
	for _, p := range pages {
		if p.Under != "" {
			own[strings.TrimSuffix(path.Base(p.File), ".html")] = p.File
		}
	}
	var all []found
	for _, p := range pages {
		all = append(all, foundIn(p, own)...)
	}
	text, err := json.Marshal(all)
	if err != nil {
		return File{}, fmt.Errorf("encode the index: %w", err)
	}
	return File{"search-index.js", slices.Concat([]byte("window.searchIndex = "), text, []byte(";\n"))}, nil
}

var (
	// again finds what a page repeats of another, or of itself in another form: its
	// words are found there.
	again = regexp.MustCompile(`(?s)<section class="again">.*?</section>|<details>.*?</details>|<nav .*?</nav>|` +
		`<svg .*?</svg>|<a class="anchor".*?</a>`)
	// begins finds what a link can lead to within a page.
	begins = regexp.MustCompile(`<(?:h2|h3|tr|li) id="([^"]+)"[^>]*>`)
	// titled finds the name of what begins: a heading, or the first cell of a row.
	titled = regexp.MustCompile(`(?s)^\s*(?:<td>)?(.*?)</(?:h2|h3|td|li)>`)
)

// foundIn are the parts of a page, each up to the next; a page that belongs to another
// is found as a whole. A part that leads to a page of its own, by the names in own, is
// found there.
func foundIn(p page, own map[string]string) []found {
	text := again.ReplaceAllString(string(p.Content), " ")
	if _, after, ok := strings.Cut(text, "</h1>"); ok {
		text = after // the title is its name
	}
	starts := begins.FindAllStringSubmatchIndex(text, -1)
	if p.Under != "" {
		starts = nil
	}
	end := len(text)
	if len(starts) > 0 {
		end = starts[0][0]
	}
	all := []found{{p.sort(""), p.Title, p.File, words(text[:end])}}
	for i, m := range starts {
		id, part := text[m[2]:m[3]], text[m[1]:]
		if i+1 < len(starts) {
			part = text[m[1]:starts[i+1][0]]
		}
		if file := own[strings.TrimPrefix(id, "notification-")]; file != "" && strings.Contains(part, `href="`+file+`"`) {
			continue
		}
		name := id
		if n := titled.FindStringSubmatchIndex(part); n != nil {
			name, part = words(part[n[2]:n[3]]), part[n[1]:]
		}
		all = append(all, found{p.sort(id), name, p.File + "#" + id, words(part)})
	}
	return all
}

// sort is what the search calls the page, or the part of it with that id.
func (p page) sort(id string) string {
	kind, _, _ := strings.Cut(id, "-")
	switch {
	case id == "" && p.Sort != "":
		return p.Sort
	case id == "":
		return "page"
	case p.File == "sequences.html":
		return "sequence"
	case slices.Contains([]string{"type", "limit", "feature", "extension"}, kind):
		return kind
	case factID.MatchString(id):
		return "fact"
	}
	return p.Title
}

var (
	factID = regexp.MustCompile(`^F\d{3}$`)
	blanks = regexp.MustCompile(`\s+`)
	// inline finds the tags that part no words.
	inline = regexp.MustCompile(`</?(?:a|b|code|del|em|i|kbd|span|strong)(?: [^>]*)?>`)
)

// words are what HTML says, on one line.
func words(text string) string {
	text = tag.ReplaceAllString(inline.ReplaceAllString(text, ""), " ")
	return strings.TrimSpace(blanks.ReplaceAllString(html.UnescapeString(text), " "))
}
