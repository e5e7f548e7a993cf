// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// fault is a mutant as mutants --json writes it.
type fault struct {
	Name string `json:"name"`
	// Sort is seeded, generated or lawful.
	Sort   string  `json:"sort"`
	Breaks spec.ID `json:"breaks,omitempty"`
	Fact   string  `json:"fact,omitempty"`
	Does   string  `json:"does"`
}

func newMutants(s streams) *cobra.Command {
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "mutants",
		Short: "List the servers with seeded faults, which judge the suite",
		Long: `List the reference servers with a seeded fault: each breaks one requirement, and
the suite has to say which. Try one: zaqarwire check --mutant NAME.

With --all, list those as well that the schema gives rise to, and the lawful
ones, which look odd and break nothing.`,
		Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			list := faults("seeded", mutants.Seeded())
			if all {
				list = append(list, faults("generated", mutants.Generated())...)
				list = append(list, faults("lawful", mutants.Lawful())...)
			}
			if asJSON {
				e := json.NewEncoder(s.out)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				return e.Encode(list)
			}
			for _, f := range list {
				fmt.Fprintf(s.out, "%-7s %s\n", f.Breaks, f.Name)
				fmt.Fprint(s.out, wrap(f.Does, "        ", "        "))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list the generated and the lawful ones, too")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	return cmd
}

func faults(sort string, all []mutants.Mutant) []fault {
	list := make([]fault, 0, len(all))
	for _, m := range all {
		list = append(list, fault{Name: m.Name, Sort: sort, Breaks: m.Breaks, Fact: m.Fact, Does: m.Does})
	}
	return list
}
