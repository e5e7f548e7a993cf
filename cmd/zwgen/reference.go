// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

var section = regexp.MustCompile(`(?ms)^<!-- generated: ([a-z_ ]+) -->\n.*?^<!-- end generated -->$`)

// reference splices the reference tables into the chapters of the spec, between
// `<!-- generated: limits -->`, `access`, `signed`, or `actions` or `notifications` and
// their names, and `<!-- end generated -->`.
func reference(d *schema.Definition, reg *register) (map[string][]byte, error) {
	files := map[string][]byte{}
	var shown []string
	for _, c := range reg.chapters {
		var failed error
		text := section.ReplaceAllStringFunc(c.Markdown, func(old string) string {
			what := section.FindStringSubmatch(old)[1]
			words := strings.Fields(what)
			body, err := tablesOf(d, words[0], words[1:])
			if err != nil {
				failed = fmt.Errorf("spec/%s.md: %w", c.Name, err)
			}
			shown = append(shown, words...)
			return fmt.Sprintf("<!-- generated: %s -->\n\n%s\n<!-- end generated -->", what, body)
		})
		if failed != nil {
			return nil, failed
		}
		if begins := strings.Count(text, "<!-- generated:"); begins != len(section.FindAllString(text, -1)) {
			return nil, fmt.Errorf("spec/%s.md: a generated section has no end", c.Name)
		}
		files["spec/"+c.Name+".md"] = []byte(text)
	}
	for _, a := range d.Actions {
		if !slices.Contains(shown, a.Name) {
			return nil, fmt.Errorf("no chapter of the spec shows %s", a.Name)
		}
	}
	for _, n := range d.Notifications {
		if !slices.Contains(shown, n.Name) {
			return nil, fmt.Errorf("no chapter of the spec shows the notification %s", n.Name)
		}
	}
	return files, nil
}

func tablesOf(d *schema.Definition, what string, names []string) (string, error) {
	var b strings.Builder
	switch what {
	case "limits":
		limitsTable(&b, d)
	case "access":
		accessTable(&b, d)
	case "signed":
		signedTable(&b, d)
	case "actions":
		for _, name := range names {
			a := d.Action(name)
			if a == nil {
				return "", fmt.Errorf("there is no action %s to show", name)
			}
			actionReference(&b, d, *a)
		}
	case "notifications":
		for _, name := range names {
			i := slices.IndexFunc(d.Notifications, func(n schema.Notification) bool { return n.Name == name })
			if i < 0 {
				return "", fmt.Errorf("there is no notification %s to show", name)
			}
			notificationReference(&b, d, d.Notifications[i])
		}
	default:
		return "", fmt.Errorf("there are no tables of %q", what)
	}
	return b.String(), nil
}

func limitsTable(b *strings.Builder, d *schema.Definition) {
	b.WriteString("| limit | default | unit | what it bounds | requirement |\n|---|---|---|---|---|\n")
	for _, l := range d.Limits {
		fmt.Fprintf(b, "| `%s` | %d | %s | %s | %s |\n", l.Name, l.Default, l.Unit, l.Doc, l.Req)
	}
}

// accessTable says who may ask for which actions: the policy.
func accessTable(b *strings.Builder, d *schema.Definition) {
	b.WriteString("| who may ask | actions |\n|---|---|\n")
	for _, row := range []struct{ access, who string }{
		{"anyone", "anyone"}, {"caller", "who is let in"}, {"admin", "who is let in as an administrator"},
	} {
		var names []string
		for _, a := range d.Actions {
			if a.Access == row.access {
				names = append(names, code(a.Name))
			}
		}
		if names != nil {
			fmt.Fprintf(b, "| %s | %s |\n", row.who, strings.Join(names, ", "))
		}
	}
}

// signedTable says what a signature has to be for, to permit which action.
func signedTable(b *strings.Builder, d *schema.Definition) {
	b.WriteString("| action | method | path |\n|---|---|---|\n")
	for _, a := range d.Actions {
		if d.Signable(a) {
			fmt.Fprintf(b, "| %s | %s | %s |\n", code(a.Name), a.Rest.Method, code(a.Rest.Path))
		}
	}
}

func actionReference(b *strings.Builder, d *schema.Definition, a schema.Action) {
	fmt.Fprintf(b, "#### `%s`\n\n%s\n\n", a.Name, a.Doc)
	b.WriteString("| field | type | unit | required | default | bounds | requirement |\n|---|---|---|---|---|---|---|\n")
	fieldRows(b, d, "", a.Request)
	if a.Body.OneOf != nil {
		fmt.Fprintf(b, "\nExactly one of `%s` is there (%s).\n", strings.Join(a.Body.OneOf, "` and `"), a.Body.Req)
	}
	b.WriteString("\n| status | when | body | requirement |\n|---|---|---|---|\n")
	for _, r := range a.Responses {
		fmt.Fprintf(b, "| %d | %s | %s | %s |\n", r.Status, r.When, code(outline(d, r.Body)), r.Req)
	}
	if r := a.Rest; r != nil {
		fmt.Fprintf(b, "\nOver HTTP: %s.\n", code(r.Method+" "+r.Path+query(r)))
	}
	e := a.Examples[0]
	fmt.Fprintf(b, "\n```json\n%s\n%s\n```\n\n", line(d.ExampleRequest(a, e)), line(d.ExampleReply(a, e)))
}

func notificationReference(b *strings.Builder, d *schema.Definition, n schema.Notification) {
	fmt.Fprintf(b, "#### `%s`\n\n%s Sent when %s (%s).\n\n", n.Name, n.Doc, n.When, n.Req)
	b.WriteString("| field | type | unit | required | default | bounds | requirement |\n|---|---|---|---|---|---|---|\n")
	fieldRows(b, d, "", n.Fields)
	fmt.Fprintf(b, "\n```json\n%s\n```\n\n", compact(n.Examples[0]))
}

// fieldRows writes a row for each field, and for those inside it.
func fieldRows(b *strings.Builder, d *schema.Definition, path string, fields []schema.Field) {
	for _, f := range fields {
		name, inner := path+f.Name, f.Shape
		required := "no"
		if f.Required {
			required = "yes"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", name, typeWords(f.Shape), f.Shape.Unit, required,
			defaultWords(f), boundWords(f.Shape), strings.Join(citations(f), ", "))
		if inner.Items != nil {
			name, inner = name+"[]", *inner.Items
		}
		fieldRows(b, d, name+".", d.Fields(inner))
	}
}

// typeWords is a type as people say it.
func typeWords(s schema.Shape) string {
	name := string(s.Kind)
	switch {
	case s.Kind == schema.Struct:
		name = "map"
	case s.Items != nil:
		name = "list of " + typeWords(*s.Items)
	}
	if s.Nullable {
		name += " or null"
	}
	return name
}

func defaultWords(f schema.Field) string {
	switch {
	case f.DefaultDoc != "":
		return f.DefaultDoc
	case f.DefaultLimit != "":
		return fmt.Sprintf("`%s` (%s)", f.DefaultLimit, f.Default)
	case f.Default != nil:
		return code(string(f.Default))
	}
	return ""
}

// boundWords are the bounds of a value, and of the items of a list.
func boundWords(s schema.Shape) string {
	var words []string
	add := func(low, high *schema.Bound, of string) {
		var text string
		switch {
		case low != nil && high != nil:
			text = boundWord(low) + " to " + boundWord(high)
		case low != nil:
			text = "at least " + boundWord(low)
		case high != nil:
			text = "at most " + boundWord(high)
		default:
			return
		}
		if strings.HasSuffix(text, "least 1") {
			of = strings.TrimSuffix(of, "s")
		}
		words = append(words, strings.TrimSpace(text+" "+of))
	}
	add(s.Min, s.Max, "")
	add(s.MinLen, s.MaxLen, "characters")
	add(s.MinItems, s.MaxItems, "items")
	add(nil, s.MaxBytes, "bytes")
	if s.Pattern != "" {
		words = append(words, code(s.Pattern))
	}
	if s.Enum != nil {
		words = append(words, "one of "+code(strings.Join(s.Enum, ", ")))
	}
	if s.Items != nil {
		if inner := boundWords(*s.Items); inner != "" {
			words = append(words, "each "+inner)
		}
	}
	return strings.Join(words, "; ")
}

func boundWord(b *schema.Bound) string {
	if b.Limit != "" {
		return fmt.Sprintf("`%s` (%d)", b.Limit, b.Value)
	}
	return strconv.FormatInt(b.Value, 10)
}

// citations are the requirements of a field and of its rules, each once.
func citations(f schema.Field) []string {
	all := []string{f.Req, f.Shape.Req}
	s := f.Shape
	for _, b := range []*schema.Bound{s.Min, s.Max, s.MinLen, s.MaxLen, s.MinItems, s.MaxItems, s.MaxBytes} {
		if b != nil {
			all = append(all, b.Req)
		}
	}
	if s.Items != nil {
		all = append(all, s.Items.Req)
	}
	all = append(all, f.Also...)
	var once []string
	for _, id := range all {
		if id != "" && !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}

// outline is a type on one line: `{id: string, claim_id: string or null}`.
func outline(d *schema.Definition, s schema.Shape) string {
	fields := d.Fields(s)
	if s.Kind == schema.List && s.Items != nil {
		return "[" + outline(d, *s.Items) + "]"
	}
	if fields == nil {
		return typeWords(s)
	}
	parts := make([]string, 0, len(fields))
	if s.AnyOf != nil {
		parts = append(parts, strings.Join(s.AnyOf, " or ")+": string")
	}
	for _, f := range fields {
		if slices.Contains(s.AnyOf, f.Name) {
			continue
		}
		mark := "?"
		if f.Required && !slices.Contains(f.Shape.Should, "required") {
			mark = ""
		}
		parts = append(parts, f.Name+mark+": "+outline(d, f.Shape))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func query(r *schema.Rest) string {
	var names []string
	for _, q := range r.Query {
		names = append(names, q.Name)
	}
	if names == nil {
		return ""
	}
	return "?" + strings.Join(names, "&")
}

func code(s string) string { return "`" + s + "`" }

// line is a frame on one line.
func line(frame any) string {
	data, err := marshal(frame)
	if err != nil {
		panic(err) //nolint:forbidigo // its values are JSON already
	}
	return compact(data)
}

func compact(data []byte) string {
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		panic(err) //nolint:forbidigo // it was just encoded
	}
	return b.String()
}
