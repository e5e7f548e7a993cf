// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// helpers are the functions of the templates.
func helpers() template.FuncMap {
	return template.FuncMap{
		"inline":  inlineHTML,
		"req":     reqLink,
		"kind":    kindHTML,
		"rules":   rulesHTML,
		"absent":  absentHTML,
		"names":   names,
		"request": exampleRequest,
		"reply":   exampleReply,
		"value":   func(v schema.Value) (string, error) { return pretty(v) },
	}
}

// reqLink leads to a requirement.
func reqLink(id any) template.HTML {
	s := fmt.Sprint(id)
	url := requirementURL(spec.ID(s))
	if url == "" {
		return template.HTML(template.HTMLEscapeString(s)) //nolint:gosec // escaped here
	}
	return template.HTML(fmt.Sprintf(`<a href="%s">%s</a>`, url, s)) //nolint:gosec // an id that the register knows
}

// kindHTML names what a value is, and leads to its type.
func kindHTML(s schema.Shape) template.HTML {
	name := string(s.Kind)
	if s.Kind == schema.List && s.Items != nil {
		return "list of " + kindHTML(*s.Items)
	}
	html := template.HTMLEscapeString(name)
	if s.Type != "" {
		html = fmt.Sprintf(`<a href="#type-%[1]s">%[1]s</a>`, template.HTMLEscapeString(s.Type))
	}
	if s.Nullable {
		html += " or null"
	}
	return template.HTML(html) //nolint:gosec // escaped above
}

// rulesHTML says what bounds a value.
func rulesHTML(s schema.Shape) []template.HTML {
	var all []template.HTML
	add := func(format string, args ...any) {
		text := strings.TrimSpace(fmt.Sprintf(format, args...))
		all = append(all, template.HTML(text)) //nolint:gosec // arguments are numbers or escaped
	}
	span := func(low, high *schema.Bound, unit string) {
		switch {
		case low != nil && high != nil:
			add("%s to %s %s", bound(low), bound(high), unit)
		case low != nil:
			add("at least %s %s", bound(low), unit)
		case high != nil:
			add("at most %s %s", bound(high), unit)
		}
	}
	esc := template.HTMLEscapeString
	span(s.Min, s.Max, esc(s.Unit))
	span(s.MinLen, s.MaxLen, "characters")
	span(s.MinItems, s.MaxItems, "items")
	span(nil, s.MaxBytes, "bytes of MessagePack")
	if s.Pattern != "" {
		add("matches <code>%s</code>", esc(s.Pattern))
	}
	if len(s.Enum) > 0 {
		add("one of %s", names(s.Enum))
	}
	if s.Items != nil && s.Items.Type == "" {
		for _, r := range rulesHTML(*s.Items) {
			add("each: %s", r)
		}
	}
	if len(s.Should) > 0 {
		add(`<span class="dim">a server should check: %s</span>`, names(s.Should))
	}
	return all
}

// bound is a number, with the limit that an operator may set.
func bound(b *schema.Bound) string {
	if b.Limit == "" {
		return strconv.FormatInt(b.Value, 10)
	}
	limit := template.HTMLEscapeString(b.Limit)
	return fmt.Sprintf(`<a href="#limit-%s" title="%s">%d</a>`, limit, limit, b.Value)
}

// absentHTML says what an absent field means.
func absentHTML(f schema.Field) (template.HTML, error) {
	switch {
	case f.Required:
		return "required", nil
	case f.DefaultDoc != "":
		return inlineHTML(f.DefaultDoc)
	case f.DefaultLimit != "":
		return inlineHTML(fmt.Sprintf("`%s` (`%s`)", f.Default, f.DefaultLimit))
	case f.Default != nil:
		return inlineHTML(fmt.Sprintf("`%s`", f.Default))
	}
	return "", nil
}

// names is a list of words of the protocol.
func names(words []string) template.HTML {
	all := make([]string, 0, len(words))
	for _, w := range words {
		all = append(all, "<code>"+template.HTMLEscapeString(w)+"</code>")
	}
	return template.HTML(strings.Join(all, ", ")) //nolint:gosec // escaped above
}

// exampleRequest is an example as the whole frame that a client sends.
func exampleRequest(a schema.Action, e schema.Exchange) (string, error) {
	return pretty(struct {
		Action  string       `json:"action"`
		Headers schema.Value `json:"headers,omitempty"`
		Body    schema.Value `json:"body,omitempty"`
	}{a.Name, schema.Model().ExampleHeaders(a), e.Request})
}

// exampleReply is the reply, less the echo of the request.
func exampleReply(e schema.Exchange) (string, error) {
	reply := struct {
		Headers map[string]int `json:"headers"`
		Body    schema.Value   `json:"body,omitempty"`
	}{map[string]int{"status": e.Response.Status}, e.Response.Body}
	return pretty(reply)
}

func pretty(v any) (string, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return strings.TrimSpace(out.String()), err
}
