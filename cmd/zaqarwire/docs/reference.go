// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// functions are those of the templates.
func functions() template.FuncMap {
	return template.FuncMap{
		"inline": inlineHTML,
		"prose":  proseHTML,
		"req":    reqLink,
		"reqs":   reqLinks,
		"kind":   kindHTML,
		"rules":  rulesHTML,
		"absent": absentHTML,
		"names":  names,
		"body":   bodyHTML,
		"page":   func(r spec.Requirement) string { return requirementFile(r.ID) },
		"file":   requirementFile,
		"hex":    grouped,
		"notice": notificationFile,
		"choice": decisionFile,
		"access": access,

		"sentence": func(text string) string { return strings.ToUpper(text[:1]) + text[1:] },
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

// reqLinks leads to the requirements behind a field.
func reqLinks(f schema.Field) template.HTML {
	var all []string
	for _, id := range rulesOf(f) {
		if link := string(reqLink(id)); link != "" && !slices.Contains(all, link) {
			all = append(all, link)
		}
	}
	return template.HTML(strings.Join(all, ", ")) //nolint:gosec // each is an id that the register knows
}

// rulesOf are the requirements that a field and its bounds rest on.
func rulesOf(f schema.Field) []string {
	s := f.Shape
	ids := append([]string{f.Req, s.Req}, f.Also...)
	for _, b := range []*schema.Bound{s.Min, s.Max, s.MinLen, s.MaxLen, s.MinItems, s.MaxItems, s.MaxBytes} {
		if b != nil {
			ids = append(ids, b.Req)
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

// access says who may ask for an action.
func access(who string) string {
	switch who {
	case "anyone":
		return "anyone, let in or not"
	case "admin":
		return "who is let in as an administrator"
	}
	return "who is let in"
}

// bodyHTML names the body of a reply, and what is in it.
func bodyHTML(s schema.Shape) template.HTML {
	fields := schema.Model().Fields(s)
	if len(fields) == 0 {
		return kindHTML(s)
	}
	var all []string
	for _, f := range fields {
		name := names([]string{f.Name})
		if !f.Required {
			name += "?"
		}
		all = append(all, string(name+" "+kindHTML(f.Shape)))
	}
	return kindHTML(s) + template.HTML(": "+strings.Join(all, ", ")) //nolint:gosec // made of what is escaped
}

// grouped parts the bytes of a long hexadecimal number, so that it can break.
func grouped(hex string) string {
	var out strings.Builder
	for i := 0; i < len(hex); i += 32 {
		out.WriteString(hex[i:min(i+32, len(hex))] + "\n")
	}
	return strings.TrimSpace(out.String())
}

// kindHTML names what a value is, and leads to its type.
func kindHTML(s schema.Shape) template.HTML {
	if s.Kind == schema.List && s.Items != nil {
		return "list of " + kindHTML(*s.Items)
	}
	html := template.HTMLEscapeString(string(s.Kind))
	if s.Kind == schema.Struct {
		html = string(schema.Map) // on the wire there is no difference
	}
	if s.Type != "" {
		html += fmt.Sprintf(` <a href="actions.html#type-%[1]s">%[1]s</a>`, template.HTMLEscapeString(s.Type))
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
	switch len(s.Enum) {
	case 0:
	case 1:
		add("always %s", names(s.Enum))
	default:
		add("one of %s", names(s.Enum))
	}
	if s.Items != nil && s.Items.Type == "" {
		for _, r := range rulesHTML(*s.Items) {
			add("each: %s", r)
		}
	}
	if len(s.Should) > 0 {
		add(`<span class="dim">to check %s is a SHOULD</span>`, names(s.Should))
	}
	return all
}

// bound is a number, with the limit that an operator may set.
func bound(b *schema.Bound) string {
	if b.Limit == "" {
		return strconv.FormatInt(b.Value, 10)
	}
	limit := template.HTMLEscapeString(b.Limit)
	return fmt.Sprintf(`%d (<a href="actions.html#limit-%[2]s">%[2]s</a>)`, b.Value, limit)
}

// absentHTML says what an absent field means; nothing of one that must be there.
func absentHTML(f schema.Field) (template.HTML, error) {
	switch {
	case f.Required:
		return "", nil
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

// pretty is a value as indented JSON.
func pretty(v any) (string, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("encode JSON: %w", err)
	}
	return strings.TrimSpace(out.String()), nil
}
