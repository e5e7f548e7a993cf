// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// action is what its page shows of one.
type action struct {
	schema.Action

	Signable bool
	// Sentences are the requirements that name it or that its fields and replies rest on,
	// and Deviations those of them that the real Zaqar breaks.
	Sentences, Deviations []spec.Requirement
	Shown                 []example
	// Sequences are the diagrams that it is in.
	Sequences []sequence
}

// InPools tells whether it is about queues, which live in pools if there are any.
func (a action) InPools() bool {
	return a.Access == "caller" && a.Feature != "node" && a.Extension != "share"
}

// notification is what its page shows of one.
type notification struct {
	schema.Notification

	Sentences, Deviations []spec.Requirement
	Shown                 []example
}

// example is one exchange, or what a server sends unasked.
type example struct {
	Title  string
	Frames []shownFrame
}

// shownFrame is one frame of an example, as JSON and as MessagePack.
type shownFrame struct {
	Who  string
	JSON template.HTML
	// Text and Binary are its lengths as JSON without blanks and as MessagePack.
	Text, Binary int
	Hex          string
	Runs         []run
}

func itoa(n int) string { return strconv.Itoa(n) }

func notificationFile(name string) string { return "notifications/" + name + ".html" }

// actionPages are the reference on one page, and a page for each action and each
// notification with its frames and its sentences.
func actionPages() ([]page, error) {
	d := schema.Model()
	overview := page{File: "actions.html", Title: "Actions and types", Layout: "actions"}
	for _, part := range []string{"Envelope", "Headers", "Notifications", "Types", "Limits", "Features"} {
		overview.Sections = append(overview.Sections, entry{"#" + strings.ToLower(part), part})
	}
	pages := []page{overview}
	var list []action
	for _, a := range d.Actions {
		one := action{Action: a, Signable: d.Signable(a), Sentences: sentencesOf(a.Name, idsOf(a)), Sequences: sequencesWith(a.Name)}
		one.Deviations = deviating(one.Sentences)
		for _, e := range a.Examples {
			shown, err := exchange(d, a, e)
			if err != nil {
				return nil, fmt.Errorf("example of %s: %w", a.Name, err)
			}
			one.Shown = append(one.Shown, shown)
		}
		list = append(list, one)
		pages = append(pages, page{
			File: "actions/" + a.Name + ".html", Title: a.Name, Layout: "action", Sort: "action", Under: overview.File, Data: one,
		})
	}
	pages[0].Data = list
	for _, n := range d.Notifications {
		one := notification{Notification: n, Sentences: sentencesOf(n.Name, append(idsOfFields(n.Fields), n.Req))}
		one.Deviations = deviating(one.Sentences)
		for i, e := range n.Examples {
			shown, err := show("the server sends", e)
			if err != nil {
				return nil, fmt.Errorf("example of %s: %w", n.Name, err)
			}
			one.Shown = append(one.Shown, example{Title: "Example " + itoa(i+1), Frames: []shownFrame{shown}})
		}
		pages = append(pages, page{
			File: notificationFile(n.Name), Title: n.Name, Layout: "notification", Sort: "notification", Under: overview.File, Data: one,
		})
	}
	return pages, nil
}

// exchange shows an example of an action.
func exchange(d *schema.Definition, a schema.Action, e schema.Exchange) (example, error) {
	request, err := show("the client sends", d.ExampleRequest(a, e))
	if err != nil {
		return example{}, err
	}
	reply, err := show("the server replies", d.ExampleReply(a, e))
	if err != nil {
		return example{}, err
	}
	title := "Status " + itoa(e.Response.Status)
	if i := slices.IndexFunc(a.Responses, func(r schema.Response) bool { return r.Status == e.Response.Status }); i >= 0 {
		title += ": " + a.Responses[i].When
	}
	return example{title, []shownFrame{request, reply}}, nil
}

// show encodes a frame in both formats.
func show(who string, frame any) (shownFrame, error) {
	indented, err := pretty(frame)
	if err != nil {
		return shownFrame{}, err
	}
	var short bytes.Buffer
	if err := json.Compact(&short, []byte(indented)); err != nil {
		return shownFrame{}, fmt.Errorf("compact: %w", err)
	}
	binary, runs, err := encode(short.Bytes())
	return shownFrame{
		Who: who, JSON: highlight(indented), Text: short.Len(), Binary: len(binary), Hex: hex.EncodeToString(binary), Runs: runs,
	}, err
}

// token finds keys and strings of indented JSON.
var token = regexp.MustCompile(`("(?:[^"\\]|\\.)*")(:?)`)

// highlight tells keys from values.
func highlight(text string) template.HTML {
	marked := token.ReplaceAllStringFunc(text, func(m string) string {
		word, key := strings.CutSuffix(m, ":")
		if key {
			return `<span class="key">` + template.HTMLEscapeString(word) + "</span>:"
		}
		return template.HTMLEscapeString(m)
	})
	return template.HTML(marked) //nolint:gosec // strings are escaped, and the rest of JSON holds no mark of HTML
}

// idsOf are the requirements that an action's fields and replies cite.
func idsOf(a schema.Action) []string {
	ids := idsOfFields(a.Request)
	for _, r := range a.Responses {
		ids = append(ids, r.Req)
	}
	return append(ids, a.Body.Req)
}

func idsOfFields(fields []schema.Field) []string {
	var ids []string
	for _, f := range fields {
		ids = append(ids, rulesOf(f)...)
	}
	return ids
}

// sentencesOf are the requirements that name an action in code, or are among ids.
func sentencesOf(name string, ids []string) []spec.Requirement {
	var all []spec.Requirement
	code := "`" + name + "`"
	for _, r := range Register() {
		if strings.Contains(r.Text+r.Notes, code) || slices.Contains(ids, string(r.ID)) || SectionOf(r).Title == name {
			all = append(all, r)
		}
	}
	return all
}

func deviating(all []spec.Requirement) []spec.Requirement {
	return slices.DeleteFunc(slices.Clone(all), func(r spec.Requirement) bool { return r.Deviation == "" })
}
