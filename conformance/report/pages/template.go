// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

//go:embed page
var files embed.FS

// pages renders what the templates in the folder page describe.
type pages struct{ templates *template.Template }

func newPages() (pages, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"ms": ms, "plural": plural, "results": resultsOf, "transcript": newTranscript,
		"short": func(text string) string { return cut(text, maxShort) },
	}).ParseFS(files, "page/*.html")
	if err != nil {
		return pages{}, fmt.Errorf("parse templates: %w", err)
	}
	return pages{t}, nil
}

func (p pages) page(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	if err := p.templates.ExecuteTemplate(&out, name, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return out.Bytes(), nil
}

// base is what each page needs.
type base struct {
	Title  string
	Tool   string // its version
	Style  template.CSS
	Script template.JS
	// Policy lets the page's own style and script in, and nothing from elsewhere.
	Policy string
	// Packed are articles that the script unpacks, in Base64; empty if there are none.
	Packed template.HTML
}

func newBase(title, version string, packed template.HTML) base {
	style, script := asset("style.css"), asset("script.js")
	return base{
		Title: title, Tool: version, Packed: packed,
		Style: template.CSS(style), Script: template.JS(script), //nolint:gosec // ours, compiled in
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'", digest(style), digest(script)),
	}
}

func asset(name string) string {
	text, err := files.ReadFile("page/" + name)
	if err != nil {
		panic(err) //nolint:forbidigo // it is compiled in, and every test of this package reads it
	}
	return string(text)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// How many bytes articles may take: those that stand on the page, and the packed ones.
const (
	maxPlain  = 120_000
	maxPacked = 120_000
)

// pack renders the articles. The first of each kind stands on the page, as long as
// there is room; the rest is packed, since frames in three notations are long and much
// alike. What would make the page too large goes without its frames: of equal failures
// the first keeps them.
func (p pages) pack(kinds []kind) (template.HTML, error) {
	rest, err := p.stand(kinds)
	if err != nil || len(rest) == 0 {
		return "", err
	}
	whole, brief := make([]string, len(rest)), make([]string, len(rest))
	for i, a := range rest {
		a.Packed = i
		if whole[i], err = p.article(a); err != nil {
			return "", err
		}
	}
	all, err := packed(whole)
	if err != nil || len(all) <= maxPacked {
		return all, err
	}
	for i, a := range rest {
		a.Left = true
		if brief[i], err = p.article(a); err != nil {
			return "", err
		}
	}
	least, err := packed(brief)
	// As many keep their frames as have room if all are alike, or else fewer.
	n := len(rest) * max(0, maxPacked-len(least)) / max(1, len(all)-len(least))
	for ; err == nil && n > 0; n = n * 9 / 10 {
		some, err := packed(slices.Concat(whole[:n], brief[n:]))
		if err != nil || len(some) <= maxPacked {
			return some, err
		}
	}
	return least, err
}

// article is the page of a case, as HTML.
func (p pages) article(a *article) (string, error) {
	text, err := p.page("case", a)
	return string(text), err
}

// stand chooses the articles that stand on the page, and returns the others: the first
// of each format before those that fail equally.
func (p pages) stand(kinds []kind) (rest []*article, err error) {
	plain := 0
	seen, nth := map[string]int{}, map[*article]int{}
	defer func() {
		slices.SortStableFunc(rest, func(a, b *article) int { return nth[a] - nth[b] })
	}()
	for _, k := range kinds {
		for i := range k.Cases {
			a := &k.Cases[i]
			if a.Failure == nil {
				continue
			}
			if i == 0 && plain < maxPlain {
				text, err := p.article(a)
				if err != nil {
					return nil, err
				}
				if plain += len(text); plain < maxPlain {
					continue
				}
			}
			equal := strings.Join([]string{string(a.Failure.Requirement), string(a.Failure.Symptom), a.Failure.Path, a.Format}, "\n")
			nth[a] = seen[equal]
			seen[equal]++
			rest = append(rest, a)
		}
	}
	return rest, nil
}

// packed is articles as JSON, compressed, in Base64.
func packed(texts []string) (template.HTML, error) {
	var out strings.Builder
	in64 := base64.NewEncoder(base64.StdEncoding, &out)
	z, err := gzip.NewWriterLevel(in64, gzip.BestCompression)
	if err != nil {
		return "", fmt.Errorf("compress: %w", err)
	}
	e := json.NewEncoder(z)
	e.SetEscapeHTML(false)
	if err := e.Encode(texts); err != nil {
		return "", fmt.Errorf("compress: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", fmt.Errorf("compress: %w", err)
	}
	if err := in64.Close(); err != nil {
		return "", fmt.Errorf("compress: %w", err)
	}
	return template.HTML(out.String()), nil //nolint:gosec // Base64 has no character of HTML
}
