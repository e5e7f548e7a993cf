// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/cmd/zaqarwire/docs"
	"github.com/zaqarwire/zaqarwire/spec"
)

func newExplain(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "explain ID",
		Short:   "Say what a requirement demands, why, and how it is judged",
		Example: "  zaqarwire explain CLM-8",
		Args:    takes(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			// The id of a case names its requirement as well.
			id, _, _ := strings.Cut(strings.ToUpper(args[0]), "/")
			r, ok := spec.Get(spec.ID(id))
			if !ok {
				return usage("there is no requirement %q; zaqarwire list shows them all", args[0])
			}
			explain(s.out, r)
			return nil
		},
	}
}

// explain prints a requirement as a reader of the chapter would meet it.
func explain(w io.Writer, r spec.Requirement) {
	fmt.Fprintf(w, "%s %s %s   %s\n\n", r.ID, r.Level, r.Party, r.File())
	if r.Level == spec.Retired {
		fmt.Fprintln(w, "This requirement is retired: it binds nobody any more, and its id is not used again.")
		return
	}
	fmt.Fprint(w, wrap(r.Text, "", ""))
	if r.Notes != "" {
		fmt.Fprintf(w, "\n%s\n", r.Notes)
	}
	fmt.Fprint(w, "\n", wrap("Source: "+r.Source, "", ""))
	if r.Deviation != "" {
		fmt.Fprint(w, "\n", wrap("Deviation: "+r.Deviation, "", ""))
	}
	around(w, r)

	fmt.Fprintln(w, "\nCases")
	cases := docs.Cases()[r.ID]
	for _, c := range cases {
		formats := make([]string, 0, len(c.Rule.Formats))
		for _, f := range c.Rule.Formats {
			formats = append(formats, f.String())
		}
		waiting := ""
		if c.Waiting {
			waiting = ", has to wait"
		}
		fmt.Fprintf(w, "  %s   (%s%s)\n", c.ID, strings.Join(formats, ", "), waiting)
	}
	if len(cases) == 0 {
		fmt.Fprintln(w, " ", docs.WhyNoCase(r))
	}
}

// around prints what the chapter says about the matter: the section's
// introduction and its other sentences.
func around(w io.Writer, r spec.Requirement) {
	section := docs.SectionOf(r)
	if section.Title == "" {
		return
	}
	fmt.Fprintf(w, "\nIn the section %q\n", section.Title)
	if section.Intro != "" {
		fmt.Fprintf(w, "\n%s\n", section.Intro)
	}
	fmt.Fprintln(w)
	for _, id := range section.IDs {
		if other, ok := spec.Get(id); ok && other.Level != spec.Retired && id != r.ID {
			fmt.Fprint(w, wrap(other.Text, fmt.Sprintf("  %-7s ", id), "          "))
		}
	}
}
