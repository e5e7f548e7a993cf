// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

var (
	// inserted finds what zwgen writes into a chapter about actions or notifications.
	inserted = regexp.MustCompile(`(?s)<!-- generated: (actions|notifications) ([a-z_ ]+) -->.*?<!-- end generated -->`)
	heading  = regexp.MustCompile(`<h2 id="([^"]+)">(.*?)</h2>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
	grey     = strings.NewReplacer(
		"<p>Source: ", `<p class="source"><b>Source</b> `, "<p>Deviation: ", `<p class="deviation"><b>Deviation</b> `,
	)
)

// chapterPages are the chapters, which lead to the reference in place of their own.
func chapterPages() ([]page, error) {
	var pages []page
	for _, c := range spec.Chapters() {
		body, err := proseHTML(inserted.ReplaceAllStringFunc(c.Markdown, pointers))
		if err != nil {
			return nil, fmt.Errorf("chapter %s: %w", c.Name, err)
		}
		body = template.HTML(grey.Replace(string(body))) //nolint:gosec // adds classes to our own prose
		p := prosePage(c.Name+".html", c.Title, body)
		p.Sort = "chapter"
		pages = append(pages, p)
	}
	return pages, nil
}

// pointers is a list that leads to where actions or notifications are described.
func pointers(block string) string {
	m := inserted.FindStringSubmatch(block)
	var list strings.Builder
	for name := range strings.FieldsSeq(m[2]) {
		doc := ""
		if a := schema.Model().Action(name); a != nil {
			doc = a.Doc
		}
		for _, n := range schema.Model().Notifications {
			if n.Name == name && m[1] == "notifications" {
				doc = n.Doc
			}
		}
		file := "actions/" + name + ".html"
		if m[1] == "notifications" {
			file = notificationFile(name)
		}
		fmt.Fprintf(&list, "- [`%s`](%s): %s\n", name, file, doc)
	}
	return list.String()
}

// startPage says in which order to write a server.
func startPage() (page, error) {
	text, err := texts.ReadFile("site/start.md")
	if err != nil {
		return page{}, fmt.Errorf("read start.md: %w", err)
	}
	body, err := proseHTML(string(text))
	return prosePage("start.html", "Write a server", body), err
}

// prosePage is a page that is all prose.
func prosePage(file, title string, body template.HTML) page {
	p := page{File: file, Title: title, Layout: "prose", Data: body}
	for _, m := range heading.FindAllStringSubmatch(string(body), -1) {
		words := html.UnescapeString(tag.ReplaceAllString(m[2], ""))
		p.Sections = append(p.Sections, entry{"#" + m[1], words})
	}
	return p
}
