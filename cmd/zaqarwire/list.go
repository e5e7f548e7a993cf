// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/cmd/zaqarwire/docs"
	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// entry is a requirement with its cases, as list --json writes it.
type entry struct {
	ID      spec.ID    `json:"id"`
	Level   spec.Level `json:"level"`
	Party   spec.Party `json:"party"`
	Chapter string     `json:"chapter"`
	Text    string     `json:"text"`
	Cases   []string   `json:"cases"`
	// Labels are those of each case, by its id.
	Labels map[string][]string `json:"labels,omitempty"`
	// Owed says why a MUST of a server has no case yet.
	Owed string `json:"owed,omitempty"`
	// Unseen says why no URL can show a SHOULD of a server.
	Unseen string `json:"unseen,omitempty"`
}

func newList(s streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every requirement with its cases",
		Args:  takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			all := entries()
			if !asJSON {
				listText(s.out, all)
				return nil
			}
			e := json.NewEncoder(s.out)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(all)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	return cmd
}

// entries are all requirements in force, in reading order.
func entries() []entry {
	cases := docs.Cases()
	unseen := conformance.Unseen()
	all := make([]entry, 0, len(cases))
	for _, r := range docs.Register() {
		e := entry{
			ID: r.ID, Level: r.Level, Party: r.Party, Chapter: r.Chapter, Text: r.Text,
			Cases: []string{}, Unseen: unseen[r.ID],
		}
		for _, c := range cases[r.ID] {
			e.Cases = append(e.Cases, c.ID)
			if e.Labels == nil {
				e.Labels = map[string][]string{}
			}
			e.Labels[c.ID] = c.Labels()
		}
		if len(e.Cases) == 0 && r.Level == spec.Must && r.Party == spec.Server {
			e.Owed = "no case has been written"
		}
		all = append(all, e)
	}
	return all
}

// ownLabels are the labels of a case besides its level and its chapter, which the
// list shows anyway.
func ownLabels(e entry, id string) string {
	var own []string
	for _, l := range e.Labels[id] {
		if l != strings.ToLower(string(e.Level)) && l != e.Chapter {
			own = append(own, l)
		}
	}
	if len(own) == 0 {
		return ""
	}
	return "[" + strings.Join(own, " ") + "]"
}

// listText writes one paragraph for each requirement, and counts at the end.
func listText(w io.Writer, all []entry) {
	titles := map[string]string{}
	for _, c := range spec.Chapters() {
		titles[c.Name] = c.Title
	}
	var must, covered, owed, cases int
	chapter := ""
	for _, e := range all {
		if e.Chapter != chapter {
			chapter = e.Chapter
			fmt.Fprintf(w, "%s\n\n", titles[chapter])
		}
		fmt.Fprintf(w, "%-7s %s %s\n", e.ID, e.Level, e.Party)
		fmt.Fprint(w, wrap(e.Text, "        ", "        "))
		for _, c := range e.Cases {
			fmt.Fprintln(w, strings.TrimRight("        - "+c+"  "+ownLabels(e, c), " "))
		}
		if e.Owed != "" {
			fmt.Fprintln(w, "        owed:", e.Owed)
			owed++
		}
		if e.Unseen != "" {
			fmt.Fprint(w, wrap("not shown by a URL: "+e.Unseen, "        ", "        "))
		}
		if e.Level == spec.Must && e.Party == spec.Server {
			must++
			if len(e.Cases) > 0 {
				covered++
			}
		}
		cases += len(e.Cases)
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d requirements, %d cases; %d of %d server MUSTs have a case, %d owed\n", len(all), cases, covered, must, owed)
}
