// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// readme is README.md with the numbers of requirements and actions, between
// `<!-- generated: counts -->` and `<!-- end generated -->`.
func readme(root string, actions int, reg *register) (map[string][]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		return nil, fmt.Errorf("read the README: %w", err)
	}
	begin := "<!-- generated: counts -->"
	places := section.FindAllIndex(text, -1)
	if len(places) != 1 || !strings.HasPrefix(string(text[places[0][0]:]), begin) {
		return nil, fmt.Errorf("README.md has not just one section that begins with %s", begin)
	}
	from, to := places[0][0], places[0][1]
	out := fmt.Sprintf("%s%s\n\n%s\n<!-- end generated -->%s", text[:from], begin, countsTable(actions, reg), text[to:])
	return map[string][]byte{"README.md": []byte(out)}, nil
}

// countsTable has a row for each chapter, and their sum.
func countsTable(actions int, reg *register) string {
	var b strings.Builder
	b.WriteString("| chapter | MUST | SHOULD | MAY |\n|---|---:|---:|---:|\n")
	sum := map[spec.Level]int{}
	for _, c := range reg.chapters {
		n := map[spec.Level]int{}
		for _, q := range c.Requirements {
			n[q.Level]++
			sum[q.Level]++
		}
		fmt.Fprintf(&b, "| [%s](spec/%s.md) | %d | %d | %d |\n", c.Title, c.Name, n[spec.Must], n[spec.Should], n[spec.May])
	}
	fmt.Fprintf(&b, "| all, for %d actions | %d | %d | %d |\n", actions, sum[spec.Must], sum[spec.Should], sum[spec.May])
	return b.String()
}
