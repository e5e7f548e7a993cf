// SPDX-License-Identifier: Apache-2.0

package spec

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	heading = regexp.MustCompile(`^### ([A-Z]{3}-[1-9][0-9]*) (?:(MUST|SHOULD|MAY) (server|client)|(RETIRED))$`)
	level   = regexp.MustCompile(`\b(MUST|SHOULD|MAY)\b`)
)

// Parse reads a chapter's text into c, whose Name and Prefix are given.
//
// A requirement is a heading `### CLM-3 MUST server`, a paragraph that is its
// one sentence and holds its level word exactly once, free notes without a
// level word, and lines `Source: …` and, if the real Zaqar breaks it,
// `Deviation: …`. A level word anywhere else in a chapter is an error, so that
// no rule goes without an id.
func Parse(c *Chapter, text string) error {
	c.Markdown = text
	blocks := paragraphs(text)
	if len(blocks) == 0 || !strings.HasPrefix(blocks[0], "# ") {
		return errors.New("a chapter begins with its title, `# …`")
	}
	c.Title = strings.TrimPrefix(blocks[0], "# ")

	seen := map[ID]bool{}
	var current *Requirement
	done := func() error {
		if current == nil {
			return nil
		}
		c.Requirements = append(c.Requirements, *current)
		return current.check()
	}
	for _, b := range blocks[1:] {
		if !strings.HasPrefix(b, "#") {
			if err := add(current, b); err != nil {
				return err
			}
			continue
		}
		if err := done(); err != nil {
			return err
		}
		current = nil
		if isSection(b) {
			continue
		}
		var err error
		if current, err = c.begin(b, seen); err != nil {
			return err
		}
	}
	return done()
}

// isSection tells whether a heading is one of prose, which begins no requirement.
func isSection(line string) bool {
	return !strings.HasPrefix(line, "### ") && !level.MatchString(line)
}

// begin reads the heading of a requirement.
func (c *Chapter) begin(line string, seen map[ID]bool) (*Requirement, error) {
	m := heading.FindStringSubmatch(line)
	if m == nil {
		return nil, fmt.Errorf("heading %q is not `### ID LEVEL party`", line)
	}
	r := &Requirement{ID: ID(m[1]), Level: Level(m[2] + m[4]), Party: Party(m[3]), Chapter: c.Name}
	if !strings.HasPrefix(m[1], c.Prefix+"-") {
		return nil, fmt.Errorf("%s does not belong to a chapter of %s", r.ID, c.Prefix)
	}
	if seen[r.ID] {
		return nil, fmt.Errorf("%s is written twice", r.ID)
	}
	seen[r.ID] = true
	return r, nil
}

// add puts one paragraph of a requirement's section into r, which is nil for
// prose outside of any requirement.
func add(r *Requirement, block string) error {
	line := strings.Join(strings.Fields(block), " ")
	switch {
	case r == nil || r.Level == Retired:
	case strings.HasPrefix(block, "Source: "):
		r.Source = strings.TrimPrefix(line, "Source: ")
		return nil
	case strings.HasPrefix(block, "Deviation: "):
		r.Deviation = strings.TrimPrefix(line, "Deviation: ")
		return nil
	case r.Text == "":
		r.Text = line
		return nil
	default:
		r.Notes = strings.TrimPrefix(r.Notes+"\n\n"+block, "\n\n")
	}
	if level.MatchString(prose(block)) {
		return fmt.Errorf("a level word outside of a requirement's sentence: %q", line)
	}
	return nil
}

// prose is a paragraph less its generated tables and its code.
func prose(block string) string {
	if strings.HasPrefix(block, "|") || strings.HasPrefix(block, "```") || strings.HasPrefix(block, "<!--") {
		return ""
	}
	return block
}

// check says whether a finished section is a requirement.
func (r Requirement) check() error {
	if r.Level == Retired {
		return nil
	}
	words := level.FindAllString(r.Text, -1)
	switch {
	case len(words) != 1 || words[0] != string(r.Level):
		return fmt.Errorf("%s: its sentence needs its level word %s, once: %q", r.ID, r.Level, r.Text)
	case r.Source == "":
		return fmt.Errorf("%s has no `Source:`", r.ID)
	case !strings.HasSuffix(r.Text, "."):
		return fmt.Errorf("%s: its sentence ends with a full stop: %q", r.ID, r.Text)
	}
	return nil
}

// paragraphs cuts Markdown into headings and blocks between blank lines; a
// fenced block stays whole, and a line `Source:` or `Deviation:` begins a block.
func paragraphs(text string) []string {
	var blocks, now []string
	flush := func() {
		if len(now) > 0 {
			blocks = append(blocks, strings.Join(now, "\n"))
			now = nil
		}
	}
	fenced := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		switch {
		case fenced:
			now = append(now, line)
			fenced = line != "```"
			continue
		case line == "":
			flush()
			continue
		case strings.HasPrefix(line, "```"):
			flush()
			fenced = true
		case strings.HasPrefix(line, "#"), strings.HasPrefix(line, "Source: "), strings.HasPrefix(line, "Deviation: "):
			flush()
		}
		now = append(now, line)
		if strings.HasPrefix(line, "#") {
			flush()
		}
	}
	flush()
	return blocks
}
