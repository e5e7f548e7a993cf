// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance/report"
)

func newDiff(s streams) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "diff THEN NOW",
		Short: "Compare two runs: what is better, worse, new",
		Long: `Compare two runs by their result.json, or the report folders that hold them: which
cases and which requirements are better or worse, which fail in another way, which
are new or gone.

Only what both runs judged can be better or worse. What one of them left out, or what
was not applicable in it, is counted apart. A case that passed and can now not be
exercised is worse.

Exit codes: 0 nothing is worse; 1 something is; 2 a file cannot be used, or no case
was judged in both.`,
		Example: `  zaqarwire diff before/result.json zaqarwire-report`,
		Args:    takes(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			then, err := namedResult(args[0])
			if err != nil {
				return err
			}
			now, err := namedResult(args[1])
			if err != nil {
				return err
			}
			if report.Compare(then.Result, now.Result).Compared == 0 {
				return usage("%s and %s cannot be compared: no case was judged in both", args[0], args[1])
			}
			terminal := terminalOf(s.out)
			if report.WriteDifference(s.out, then, now, report.Options{Color: terminal.color, Width: terminal.width, Verbose: verbose}) {
				return &exit{code: exitFailed}
			}
			return nil
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "list all, not only the first of many")
	return cmd
}

// namedResult reads a result.json, or that of a folder.
func namedResult(path string) (report.Named, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "result.json")
	}
	r, err := savedResult(path)
	return report.Named{Name: path, Result: r}, err
}
